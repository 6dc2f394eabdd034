"""A person changes mail address and telephone on pages that ask who it is, and hears whom to ask for the rest."""

from collections.abc import Callable

import pytest
from portal_stage.fakes import problem
from portal_stage.samples import sample
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
ACCOUNT, MAIL, PHONE = "/tai-khoan", "/tai-khoan/thu-dien-tu", "/tai-khoan/dien-thoai"
ME = "/api/identity/me"
LOST = "/quen-mat-khau"


async def test_m5_the_account_page_leads_to_each_change_and_says_whom_to_ask(browse: Browse) -> None:
    page = (await (await browse().sign_in()).get(ACCOUNT)).text
    for way in (MAIL, PHONE, f"{ACCOUNT}/sua", "/lien-he"):
        assert f'href="{way}"' in page
    assert "Số định danh và tên tổ chức không tự sửa được" in page


async def test_r_acc_09_a_name_is_corrected_where_the_service_lets_it_be(browse: Browse) -> None:
    visitor, amend = await browse().sign_in(), f"{ACCOUNT}/sua"
    assert "vẫn mang họ tên lúc nộp" in (await visitor.get(amend)).text
    typed = {"full_name": "Nguyễn Thị Ngọc Ánh", "address": "", "language": "vi", "version": "1"}
    await visitor.post(amend, amend, typed)
    sent = visitor.fake.calls("PATCH", ME)[-1].body
    assert sent == {"full_name": "Nguyễn Thị Ngọc Ánh", "address": None, "language": "vi", "version": 1}
    visitor.fake.answers[f"GET {ME}"] = sample("me", correctable=["address", "language"])
    assert 'name="full_name"' not in (await visitor.get(amend)).text
    assert "Họ tên, số định danh và tên tổ chức không tự sửa" in (await visitor.get(ACCOUNT)).text


async def test_m5_another_mail_address_asks_for_the_password_and_a_code(browse: Browse) -> None:
    visitor = await browse().sign_in()
    assert "Nhập thư điện tử mới" in (await visitor.post(MAIL, MAIL, {"email": "", "current": "x"})).text
    typed = {"email": "moi@motcua.example", "current": "Mot mat ma dai"}
    asked = await visitor.post(MAIL, MAIL, typed)
    assert asked.headers["location"] == f"{MAIL}/ch-1"
    assert visitor.fake.calls("POST", f"{ME}/email-changes")[-1].body == typed
    told = (await visitor.get(f"{MAIL}/ch-1")).text
    assert ("m•••i@motcua.example" in told, "Mã dùng được đến 10:00" in told) == (True, True)
    assert "Nhập mã xác nhận" in (await visitor.post(f"{MAIL}/ch-1", f"{MAIL}/ch-1", {"code": ""})).text
    done = await visitor.post(f"{MAIL}/ch-1", f"{MAIL}/ch-1", {"code": "123456"})
    assert done.headers["location"] == ACCOUNT
    assert "Đã đổi thư điện tử" in (await visitor.get(ACCOUNT)).text


async def test_acc_09_an_officer_changes_the_own_mail_address_on_a_page_of_the_officers_site(
    browse: Browse,
) -> None:
    visitor, mail = await browse().sign_in("specialist"), f"/can-bo{MAIL}"
    assert f'href="{mail}"' in (await visitor.get("/can-bo")).text
    typed = {"email": "moi@motcua.example", "current": "Mot mat ma dai"}
    asked = await visitor.post(mail, mail, typed)
    assert asked.headers["location"] == f"{mail}/ch-1"
    done = await visitor.post(f"{mail}/ch-1", f"{mail}/ch-1", {"code": "123456"})
    assert done.headers["location"] == "/can-bo"
    assert "Đã đổi thư điện tử" in (await visitor.get("/can-bo")).text
    visitor.fake.answers[f"POST {ME}/email-changes"] = problem(403, "step-up-required", "x")
    assert (await visitor.post(mail, mail, typed)).headers["location"].startswith("/can-bo/xac-thuc")


@pytest.mark.parametrize(("page", "route"), [(MAIL, f"POST {ME}/email-changes"), (PHONE, f"PATCH {ME}")])
async def test_m5_a_wrong_password_is_told_at_its_field_and_never_shown(
    browse: Browse, page: str, route: str
) -> None:
    visitor = await browse().sign_in()
    wrong = [{"field": "current", "rule": "credentials", "message": "Mật khẩu hiện tại không đúng."}]
    visitor.fake.answers[route] = problem(422, "current-password-wrong", "x", wrong)
    told = await visitor.post(page, page, {"email": "a@b.vn", "phone": "0912345678", "current": "sai-bet"})
    assert told.status_code == 422
    assert 'href="#current"' in told.text
    assert "sai-bet" not in told.text


async def test_m5_another_telephone_asks_for_the_password_and_a_code(browse: Browse) -> None:
    visitor = await browse().sign_in()
    visitor.fake.answers[f"PATCH {ME}"] = sample("me", phone="+84912345678", phone_proven=False)
    asked = await visitor.post(
        PHONE, PHONE, {"phone": "0912345678", "current": "Mot mat ma dai", "version": "1"}
    )
    assert asked.headers["location"] == f"{PHONE}/pr-1"
    sent = visitor.fake.calls("PATCH", ME)[-1].body
    assert (sent["phone"], sent["current"]) == ("0912345678", "Mot mat ma dai")
    assert visitor.fake.calls("POST", f"{ME}/phone-proofs")[-1].body == {"current": "Mot mat ma dai"}
    done = await visitor.post(f"{PHONE}/pr-1", f"{PHONE}/pr-1", {"code": "123456"})
    assert done.headers["location"] == ACCOUNT


async def test_m5_where_no_message_goes_out_the_number_is_kept_and_that_is_said(browse: Browse) -> None:
    visitor = await browse().sign_in()
    visitor.fake.answers[f"PATCH {ME}"] = sample("me", phone="+84912345678", phone_proven=False)
    visitor.fake.answers[f"POST {ME}/phone-proofs"] = problem(503, "code-not-delivered", "x")
    asked = await visitor.post(PHONE, PHONE, {"phone": "0912345678", "current": "x", "version": "1"})
    assert asked.headers["location"] == ACCOUNT
    assert "chưa gửi được tin nhắn xác nhận" in (await visitor.get(ACCOUNT)).text


async def test_m5_a_wrong_password_for_a_number_already_kept_is_told_as_such(browse: Browse) -> None:
    visitor = await browse().sign_in()
    visitor.fake.answers[f"PATCH {ME}"] = sample("me", phone="+84912345678", phone_proven=False)
    wrong = [{"field": "current", "rule": "credentials", "message": "Mật khẩu hiện tại không đúng."}]
    visitor.fake.answers[f"POST {ME}/phone-proofs"] = problem(422, "current-password-wrong", "x", wrong)
    told = await visitor.post(PHONE, PHONE, {"phone": "0912345678", "current": "sai", "version": "1"})
    assert (told.status_code, 'href="#current"' in told.text) == (422, True)


async def test_l23_of_many_names_that_are_asked_about_a_session_remembers_the_last(browse: Browse) -> None:
    visitor = browse()
    pages = []
    for number in (1, 2):
        reset = {"reset_id": f"r-{number}", "expires_at": "2026-11-26T03:00:00Z"}
        visitor.fake.answers["POST /api/identity/password-resets"] = reset
        pages.append(
            (await visitor.post(LOST, LOST, {"login": f"{number}@motcua.example"})).headers["location"]
        )
    offered = ["Gửi lại mã" in (await visitor.get(page)).text for page in pages]
    assert offered == [False, True]


async def test_m5_who_has_no_password_here_signs_in_anew(browse: Browse) -> None:
    visitor = await browse().sign_in()
    visitor.fake.answers[f"POST {ME}/email-changes"] = problem(403, "step-up-required", "x")
    led = await visitor.post(MAIL, MAIL, {"email": "moi@motcua.example"})
    assert led.headers["location"] == f"/dang-nhap?tiep={MAIL}"
    assert "cần đăng nhập lại" in (await visitor.get(led.headers["location"])).text


async def test_l23_another_code_is_sent_to_whom_the_first_one_went(browse: Browse) -> None:
    visitor = browse()
    asked = await visitor.post(LOST, LOST, {"login": "nhung@motcua.example"})
    page = asked.headers["location"]
    assert "Gửi lại mã" in (await visitor.get(page)).text
    again = await visitor.post(page, f"{page}/gui-lai")
    assert again.headers["location"] == page
    asked_of = [one.body["login"] for one in visitor.fake.calls("POST", "/api/identity/password-resets")]
    assert asked_of == ["nhung@motcua.example"] * 2
    assert "mã cũ hết hiệu lực" in (await visitor.get(page)).text
    stranger = browse()
    assert f"{page}/gui-lai" not in (await stranger.get(page)).text
    lost = await stranger.post(page, f"{page}/gui-lai")
    assert lost.headers["location"] == LOST
