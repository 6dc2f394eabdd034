"""A copied cookie ends with its sign-in, and a browser is known again to identity alone."""

from collections.abc import Callable

import pytest
from portal_stage.site import Visitor

ENDED = "GET /api/identity/ended-sessions"


@pytest.mark.parametrize(("roles", "page"), [((), "/tai-khoan"), (("desk_officer",), "/can-bo")])
async def test_s16_a_copied_cookie_opens_nothing_once_its_sign_in_is_over(
    browse: Callable[..., Visitor], roles: tuple[str, ...], page: str
) -> None:
    visitor = await browse().sign_in(*roles)
    visitor.fake.answers[ENDED] = {"until": 1.0, "ended": ["another"]}
    assert (await visitor.get(page)).status_code == 200
    copied = dict(visitor.client.cookies)
    thief = browse(visitor.fake)
    thief.client.cookies.update(copied)
    visitor.fake.answers[ENDED] = {"until": 2.0, "ended": ["s-1"]}
    refused = await thief.get(page)
    assert refused.status_code == 303
    assert "/dang-nhap" in refused.headers["location"]
    assert "Đinh Thị Hoa" not in (await thief.get("/")).text


async def test_s17_a_browser_keeps_what_it_is_known_by_and_no_page_shows_it(
    browse: Callable[..., Visitor],
) -> None:
    visitor = browse()
    session = {**visitor.fake.answers["POST /api/identity/sessions"], "device": "known-again"}
    visitor.fake.answers["POST /api/identity/sessions"] = session
    form = {"login": "a", "password": "b"}
    entered = await visitor.post("/dang-nhap", "/dang-nhap", form)
    kept = next(c for c in entered.headers.get_list("set-cookie") if c.startswith("motcua_thietbi="))
    assert kept.startswith("motcua_thietbi=known-again; Path=/; HttpOnly; SameSite=Lax")
    sent = visitor.fake.calls("POST", "/api/identity/sessions")
    assert sent[-1].body["device"] == ""
    await visitor.post("/ho-so-cua-toi", "/dang-xuat", {})
    await visitor.post("/dang-nhap", "/dang-nhap", form)
    sent = visitor.fake.calls("POST", "/api/identity/sessions")
    told = {"login": "a", "password": "b", "door": "citizen", "device": "known-again"}
    assert sent[-1].body == told
