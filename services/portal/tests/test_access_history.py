"""Who looked and who came in stands line by line; what machines did is one line a day, out of the way."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from answers.identity import AccessOut
from answers.intake import LookOut
from portal.domain.access_history import Line, folded, told
from portal_stage.fakes import problem
from portal_stage.samples import sample, tokens
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
    assert people == [Line(rows(IN)[0].at, "Đăng nhập", "203.0.113.7", "Điện thoại", "Android · Chrome")]
    assert [(line.at, line.count) for line in machines] == [(date(2026, 11, 21), 9), (date(2026, 11, 20), 1)]


def test_an_act_that_is_not_known_yet_is_shown_and_not_hidden() -> None:
    [line], machines = told(rows(entry("2026-11-21T01:00:00Z", "something_new", AT_HOME)))
    assert (line.words, machines) == ("something_new", [])


@pytest.mark.parametrize(("home", "words"), [("", "Máy tính"), ("/en", "Computer")])
async def test_devices_are_told_in_the_language_of_the_page(browse: Browse, home: str, words: str) -> None:
    citizen = await browse().sign_in()
    desk = {**AT_HOME, "device": "computer", "system": "Linux", "browser": ""}
    silent = dict.fromkeys(AT_HOME, "")
    both = [entry(f"2026-11-20T0{n}:00:00Z", "signed_in", where) for n, where in ((2, desk), (1, silent))]
    citizen.fake.answers["GET /api/identity/me/access-log"] = {"items": both, "total": 2, "next": None}
    page = (await citizen.get(home + "/tai-khoan/lich-su-truy-cap")).text
    assert f"{words} · Linux<" in page
    assert page.count("Unknown" if home else "Không rõ") == 2  # the address and the device
    assert home or "computer" not in page


async def test_the_page_folds_the_noise_away(browse: Browse) -> None:
    citizen = await browse().sign_in()
    kept = {"items": [*READ, IN], "total": 9, "next": None}
    citizen.fake.answers["GET /api/identity/me/access-log"] = kept
    page = (await citizen.get("/tai-khoan/lich-su-truy-cap")).text
    assert page.count("đọc thông tin liên hệ") == 1
    assert "(8 lần)" in page
    assert page.index("203.0.113.7") < page.index("đọc thông tin liên hệ")


FILE = {"part": "file", "part_label": "Tệp đính kèm", "count": 2}
PAGE = "/tai-khoan/lich-su-truy-cap"


def look(at: str, **changes: Any) -> dict[str, Any]:
    told_as: dict[str, Any] = sample("look", first_at=at, last_at=at, **changes)
    return told_as


@pytest.mark.parametrize(
    ("rows_told", "lines"),
    [
        ([], []),
        ([look("2026-11-21T02:10:00Z")], [("02:10", ("Hồ sơ",), 3)]),
        # what was opened beside it in the same hour is the same line, told in the order it was opened
        (
            [look("2026-11-21T02:15:00Z", **FILE), look("2026-11-21T02:10:00Z")],
            [("02:10", ("Hồ sơ", "Tệp đính kèm"), 5)],
        ),
        # another hour, officer, dossier or ground is another line
        (
            [look("2026-11-21T03:00:00Z"), look("2026-11-21T02:59:00Z")],
            [("03:00", ("Hồ sơ",), 3), ("02:59", ("Hồ sơ",), 3)],
        ),
        (
            [look("2026-11-21T02:15:00Z", officer="Lê Văn An"), look("2026-11-21T02:10:00Z")],
            [("02:15", ("Hồ sơ",), 3), ("02:10", ("Hồ sơ",), 3)],
        ),
        (
            [look("2026-11-21T02:15:00Z", code="H42.101-261121-0002"), look("2026-11-21T02:10:00Z")],
            [("02:15", ("Hồ sơ",), 3), ("02:10", ("Hồ sơ",), 3)],
        ),
        (
            [look("2026-11-21T02:15:00Z", ground_label="Giám sát"), look("2026-11-21T02:10:00Z")],
            [("02:15", ("Hồ sơ",), 3), ("02:10", ("Hồ sơ",), 3)],
        ),
    ],
)
def test_what_an_officer_opened_within_an_hour_is_one_line(
    rows_told: list[dict[str, Any]], lines: list[tuple[str, tuple[str, ...], int]]
) -> None:
    found = folded([LookOut.model_validate(row) for row in rows_told])
    assert [(f"{line.at:%H:%M}", line.parts, line.count) for line in found] == lines


async def test_the_page_says_who_looked_and_why_before_anything_else(browse: Browse) -> None:
    citizen = await browse().sign_in()
    more = {"items": [sample("look"), look("2026-11-21T02:05:00Z", **FILE)], "total": 9, "next": "next+1"}
    citizen.fake.answers["GET /api/intake/looks"] = more
    page = (await citizen.get(PAGE)).text
    for words in ("Đinh Thị Hoa · Cán bộ một cửa · UBND phường Hoa Lư", "trả kết quả tại một cửa", "(5 lần)"):
        assert page.count(words) == 1
    assert page.index("Đinh Thị Hoa · ") < page.index("203.0.113.7")
    assert f'href="{PAGE}?cursor=next%2B1"' in page
    await citizen.get(f"{PAGE}?cursor=next%2B1")
    assert citizen.fake.calls("GET", "/api/intake/looks")[-1].query["cursor"] == "next+1"


async def test_the_page_stands_when_nobody_looked_or_it_cannot_be_known(browse: Browse) -> None:
    citizen = await browse().sign_in()
    citizen.fake.answers["GET /api/intake/looks"] = {"items": [], "total": 0, "next": None}
    assert "Chưa có cán bộ nào mở hồ sơ" in (await citizen.get(PAGE)).text
    citizen.fake.answers["GET /api/intake/looks"] = lambda _: problem(503, "unavailable", "Bận.")
    page = (await citizen.get(PAGE)).text
    assert "Hiện chưa đọc được" in page
    assert "Chưa có cán bộ nào" not in page
    assert "203.0.113.7" in page


async def test_somebody_without_dossiers_is_not_asked_about_looks(browse: Browse) -> None:
    who = browse()
    who.fake.answers["POST /api/identity/sessions"] = tokens(roles=["operator"])
    await who.post("/dang-nhap", "/dang-nhap", {"login": "a", "password": "b"})
    page = (await who.get(PAGE)).text
    assert "203.0.113.7" in page
    assert "Ai đã xem hồ sơ" not in page
    assert who.fake.calls("GET", "/api/intake/looks") == []
