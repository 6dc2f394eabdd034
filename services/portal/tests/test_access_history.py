"""Who came in stands line by line; what machines did is one line a day, out of the way."""

from collections.abc import Callable
from datetime import date
from typing import Any

from answers.identity import AccessOut
from portal.domain.access_history import Line, told
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
AT_HOME = {"address": "203.0.113.7", "device": "phone", "system": "Android", "browser": "Chrome"}
NOWHERE = {"address": "", "device": "", "system": "", "browser": ""}


def entry(at: str, action: str, where: dict[str, str]) -> dict[str, Any]:
    return {"at": at, "action": action, **where}


READ = [entry(f"2026-11-21T0{hour}:00:00Z", "contact_read", NOWHERE) for hour in range(8, 0, -1)]
LATE = entry("2026-11-20T17:30:00Z", "contact_read", NOWHERE)
EARLY = entry("2026-11-20T16:30:00Z", "contact_read", NOWHERE)
IN = entry("2026-11-20T01:00:00Z", "signed_in", AT_HOME)


def rows(*told_as: dict[str, Any]) -> list[AccessOut]:
    return [AccessOut.model_validate(one) for one in told_as]


def test_machine_noise_is_one_line_a_day_by_the_local_day() -> None:
    people, machines = told(rows(*READ, LATE, EARLY, IN))
    assert people == [Line(rows(IN)[0].at, "Đăng nhập", "203.0.113.7", "phone · Android · Chrome")]
    assert [(line.at, line.count) for line in machines] == [(date(2026, 11, 21), 9), (date(2026, 11, 20), 1)]


def test_an_act_that_is_not_known_yet_is_shown_and_not_hidden() -> None:
    [line], machines = told(rows(entry("2026-11-21T01:00:00Z", "something_new", AT_HOME)))
    assert (line.words, machines) == ("something_new", [])


async def test_the_page_folds_the_noise_away(browse: Browse) -> None:
    citizen = await browse().sign_in()
    kept = {"items": [*READ, IN], "total": 9, "next": None}
    citizen.fake.answers["GET /api/identity/me/access-log"] = kept
    page = (await citizen.get("/tai-khoan/lich-su-truy-cap")).text
    assert page.count("đọc thông tin liên hệ") == 1
    assert "(8 lần)" in page
    assert page.index("203.0.113.7") < page.index("đọc thông tin liên hệ")
