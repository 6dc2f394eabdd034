"""Signing in with the outside provider on the pages: offered only where there is one, and told in one sentence."""

from collections.abc import Callable

import pytest
from portal_stage.fakes import problem
from portal_stage.samples import officer, tokens
from portal_stage.site import Visitor

NAME = "Tài khoản VNeID"
PLACE = "https://sso.example/authorize?state=s-1&nonce=n-1"
SITES = {"": tokens, "/can-bo": lambda: officer("o-1", "signer")}


def come(browse: Callable[..., Visitor], home: str) -> Visitor:
    """Open a browser on a portal with a provider."""
    visitor = browse(oidc_name=NAME)
    visitor.fake.answers |= {
        "POST /api/identity/provider/attempts": {"url": PLACE, "binding": "b-1"},
        "POST /api/identity/provider/sessions": SITES[home](),
        "POST /api/identity/me/number-statements": {"statement": "a-signed-one"},
        "POST /api/intake/joinings": {"joined_count": 1},
    }
    return visitor


@pytest.mark.parametrize("home", SITES)
async def test_s19_the_button_is_there_only_where_there_is_a_provider(
    browse: Callable[..., Visitor], home: str
) -> None:
    page = f"{home}/dang-nhap"
    assert f"Đăng nhập bằng {NAME}" in (await come(browse, home).get(page)).text
    plain = (await browse().get(page)).text
    assert "dinh-danh" not in plain
    assert "Đăng nhập bằng" not in plain


@pytest.mark.parametrize("home", SITES)
async def test_s19_there_and_back_leads_on_to_what_was_wanted(
    browse: Callable[..., Visitor], home: str
) -> None:
    visitor, way = come(browse, home), f"{home}/dang-nhap/dinh-danh"
    sent = await visitor.post(f"{home}/dang-nhap", way, {"tiep": f"{home}/thong-bao"})
    assert sent.status_code == 200
    assert sent.headers["refresh"] == f"0;url={PLACE}"
    assert PLACE.replace("&", "&amp;") in sent.text
    assert "b-1" not in sent.text  # what the browser keeps stands sealed in its cookie
    back = await visitor.get(f"{way}?code=c-1&state=s-1&iss=https://sso.example")
    assert (back.status_code, back.headers["location"]) == (303, f"{home}/thong-bao")
    assert (await visitor.get(f"{home}/thong-bao")).status_code == 200
    joined = visitor.fake.calls("POST", "/api/intake/joinings")
    assert [one.body for one in joined] == ([] if home else [{"statement": "a-signed-one"}])
    door = "officer" if home else "citizen"
    [asked] = visitor.fake.calls("POST", "/api/identity/provider/sessions")
    told = {"code": "c-1", "state": "s-1", "issuer": "https://sso.example", "binding": "b-1", "door": door}
    assert asked.body == told


async def test_s19_an_answer_nobody_here_asked_for_goes_nowhere(browse: Callable[..., Visitor]) -> None:
    visitor = come(browse, "")
    answer = await visitor.get("/dang-nhap/dinh-danh?code=c-1&state=s-1")
    assert answer.status_code == 401
    assert "Chưa đăng nhập được bằng tài khoản định danh." in answer.text
    assert not visitor.fake.calls("POST", "/api/identity/provider/sessions")


@pytest.mark.parametrize("told", ["error=access_denied&state=s-1", "code=c-1", "state=s-1", ""])
async def test_s19_what_the_provider_refuses_is_told_once(browse: Callable[..., Visitor], told: str) -> None:
    visitor = come(browse, "")
    await visitor.post("/dang-nhap", "/dang-nhap/dinh-danh")
    answer = await visitor.get(f"/dang-nhap/dinh-danh?{told}")
    assert answer.status_code == 401
    assert "access_denied" not in answer.text
    again = await visitor.get("/dang-nhap/dinh-danh?code=c-1&state=s-1")  # the attempt is over
    assert again.status_code == 401
    assert not visitor.fake.calls("POST", "/api/identity/provider/sessions")


async def test_s19_a_refusal_and_a_provider_that_is_away_are_told_on_the_sign_in_page(
    browse: Callable[..., Visitor],
) -> None:
    visitor = come(browse, "")
    away = problem(424, "provider-away", "Hệ thống định danh đang không trả lời.")
    visitor.fake.answers["POST /api/identity/provider/attempts"] = away
    told = await visitor.post("/dang-nhap", "/dang-nhap/dinh-danh", {"tiep": "/thong-bao"})
    assert (told.status_code, away.status_code) == (422, 424)
    assert "Hệ thống định danh đang không trả lời." in told.text
    assert f"Đăng nhập bằng {NAME}" in told.text
    assert 'value="/thong-bao"' in told.text
    visitor.fake.answers["POST /api/identity/provider/attempts"] = {"url": PLACE, "binding": "b-1"}
    refusal = problem(401, "provider-sign-in-refused", "Không đăng nhập được bằng tài khoản định danh.")
    visitor.fake.answers["POST /api/identity/provider/sessions"] = refusal
    await visitor.post("/dang-nhap", "/dang-nhap/dinh-danh")
    answer = await visitor.get("/dang-nhap/dinh-danh?code=c-1&state=s-1")
    assert (answer.status_code, "Không đăng nhập được bằng tài khoản định danh." in answer.text) == (
        401,
        True,
    )
