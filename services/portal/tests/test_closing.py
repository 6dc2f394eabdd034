"""A person closes the account on a page that says what goes and what stays, and can keep it after all."""

from collections.abc import Callable
from html import unescape

import pytest
from portal_stage.fakes import problem
from portal_stage.site import Visitor
from regulation.retention import RULES

Browse = Callable[..., Visitor]
CLOSE, ACCOUNT = "/tai-khoan/dong", "/tai-khoan"
STANDING = "GET /api/identity/me/account-standing"
CLOSING = {
    "limited": True,
    "closing_at": "2026-11-27T08:00:00Z",
    "erased_from": "2026-12-27",
    "closing_days": 30,
    "suspension": None,
}


@pytest.mark.parametrize(("home", "lang"), [("", "vi"), ("/en", "en")])
async def test_sec_20_the_page_tells_what_goes_and_what_stays_and_why(
    browse: Browse, home: str, lang: str
) -> None:
    visitor = await browse().sign_in()
    page = unescape((await visitor.get(home + CLOSE)).text)
    assert [rule for rule in RULES.values() if rule.said("en" if lang == "en" else "vi") not in page] == []
    assert "30" in page


async def test_sec_20_closing_asks_for_the_password_and_signs_out(browse: Browse) -> None:
    visitor = await browse().sign_in()
    assert "Nhập mật khẩu" in (await visitor.post(CLOSE, CLOSE, {"password": ""})).text
    wrong = [{"field": "password", "rule": "credentials", "message": "Mật khẩu hiện tại không đúng."}]
    visitor.fake.answers["POST /api/identity/me/closing"] = problem(422, "current-password-wrong", "x", wrong)
    assert "Mật khẩu hiện tại không đúng." in (await visitor.post(CLOSE, CLOSE, {"password": "sai"})).text
    visitor.fake.answers["POST /api/identity/me/closing"] = {}
    done = await visitor.post(CLOSE, CLOSE, {"password": "đúng"})
    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert (await visitor.get(ACCOUNT)).status_code == 303


async def test_sec_20_who_is_closing_sees_the_day_and_keeps_the_account(browse: Browse) -> None:
    visitor = await browse().sign_in()
    visitor.fake.answers[STANDING] = CLOSING
    page = (await visitor.get(ACCOUNT)).text
    assert "27/12/2026" in page
    assert CLOSE not in page
    assert not [path for path in ("/sua", "/thu-dien-tu", "/dien-thoai") if f'href="{ACCOUNT}{path}"' in page]
    kept = await visitor.post(ACCOUNT, "/tai-khoan/giu")
    assert (kept.status_code, kept.headers["location"]) == (303, "/dang-nhap")


async def test_sec_08_a_try_of_a_limited_account_is_answered_with_one_plain_page(browse: Browse) -> None:
    visitor = await browse().sign_in()
    visitor.fake.answers["PATCH /api/identity/me"] = problem(403, "account-limited", "x")
    told = await visitor.post("/tai-khoan/sua", "/tai-khoan/sua", {"phone": "0912345678", "language": "vi"})
    assert (told.status_code, "hiện chỉ được xem" in told.text) == (403, True)
