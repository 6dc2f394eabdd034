"""Every cookie is on the page about privacy, whoever comes and whatever is done."""

import re
from collections.abc import Callable
from pathlib import Path

from portal.domain.cookies import COOKIES
from portal_stage import surveyed
from portal_stage.samples import tokens
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
PACKAGE = Path(__file__).parent.parent / "portal"
ANSWERS = {"agency": "", "q1": "1", "q2": ["1", "2"], "q3": "5", "q4": "Bớt giấy tờ"}
NAMED = re.compile(r"(?:__Host-)?([^=]+)=")


async def met(visitor: Visitor) -> set[str]:
    """Sign in on both sites and answer a survey; give the names of all cookies that were set."""
    names: set[str] = set()

    async def note(answer: object) -> None:
        names.update(NAMED.match(one)[1] for one in answer.headers.get_list("set-cookie"))  # type: ignore[attr-defined,index]

    visitor.client.event_hooks["response"] = [note]
    place = f"/khao-sat/{surveyed.NUMBER}"
    await visitor.post(place, place, ANSWERS)
    visitor.fake.answers["POST /api/identity/sessions"] = {**tokens(), "device": "d" * 40}
    await visitor.post("/dang-nhap", "/dang-nhap", {"login": "a", "password": "b"})
    await visitor.sign_in("coordinator")
    return names


async def test_every_cookie_that_is_set_is_named_with_its_purpose(browse: Browse) -> None:
    names = await met(browse())
    assert names == {one.name for one in COOKIES}, (
        "one is set that the page does not name, or the other way round"
    )
    page = (await browse().get("/quyen-rieng-tu")).text
    for one in COOKIES:
        assert f"<code>{one.name}</code>" in page
        assert one.says in page
    assert "400 ngày" in page


async def test_a_site_that_is_served_alone_names_its_own(browse: Browse) -> None:
    page = (await browse(site="citizen").get("/quyen-rieng-tu")).text
    assert "<code>motcua</code>" in page
    assert "<code>motcua_canbo</code>" not in page


def test_cookies_are_set_in_one_place_out_of_the_list() -> None:
    setting = re.compile(r"set[-_]cookie", re.IGNORECASE)
    files = [file for file in PACKAGE.rglob("*.py") if setting.search(file.read_text(encoding="utf-8"))]
    assert [file.name for file in files] == ["shell.py"]
    assert len(re.findall(r"append\(.set-cookie", files[0].read_text(encoding="utf-8"))) == 1
