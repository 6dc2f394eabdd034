"""The citizen's way: register, sign in, fill in, attach, submit — and nothing typed is ever lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from portal_stage.fakes import problem
from portal_stage.samples import CODE, DRAFT, at, sample, tokens
from portal_stage.site import KEY, TOKEN, Visitor

Browse = Callable[..., Visitor]
PAGE = f"/ban-nhap/{DRAFT}/khai/child"
STASH = re.compile(r'name="stash" value="([^"]+)"')
REGISTRATION = {
    "kind": "individual",
    "full_name": "Nguyễn Thị Ánh",
    "id_number": "037190001234",
    "phone": "0912345678",
    "email": "anh@example.vn",
    "password": "mot-cau-dai-de-nho",
    "declaration_accepted": "true",
    "declaration_version": "1",
}


async def test_a_citizen_registers_with_a_one_time_code_and_is_signed_in(browse: Browse) -> None:
    citizen = browse()
    asked = await citizen.post("/dang-ky", "/dang-ky", REGISTRATION)
    assert asked.headers["location"] == "/dang-ky/reg-1"
    assert "c***@motcua.example" in (await citizen.get("/dang-ky/reg-1")).text
    await citizen.post("/dang-ky/reg-1", "/dang-ky/reg-1", {"code": "123456"})
    sent = citizen.fake.calls("POST", "/api/identity/registrations")[0].body
    assert (sent["full_name"], sent["declaration_accepted"]) == ("Nguyễn Thị Ánh", True)
    assert "Nguyễn Thị Ánh" in (await citizen.get("/tai-khoan")).text


async def test_a_registration_keeps_what_was_typed_and_names_every_gap(browse: Browse) -> None:
    citizen = browse()
    answer = await citizen.post("/dang-ky", "/dang-ky", {**REGISTRATION, "email": "", "phone": ""})
    assert answer.status_code == 422
    assert 'value="Nguyễn Thị Ánh"' in answer.text
    assert 'href="#email"' in answer.text
    assert 'href="#phone"' in answer.text
    assert "mot-cau-dai-de-nho" not in answer.text


async def test_s17_a_refused_sign_in_says_what_to_do_without_a_working_browser(browse: Browse) -> None:
    citizen = browse()
    citizen.fake.answers["POST /api/identity/sessions"] = problem(422, "work-required", "Hãy đợi 30 giây.")
    answer = await citizen.post("/dang-nhap", "/dang-nhap", {"login": "a", "password": "b"})
    assert answer.status_code == 422
    assert "Hãy đợi 30 giây." in answer.text
    assert "hãy đợi nửa phút" in answer.text
    assert 'value="a"' in answer.text
    sent = await citizen.post("/dang-nhap", "/dang-nhap", {"login": "a", "password": "b", "work": "done"})
    assert sent.status_code == 422
    bodies = [asked.body for asked in citizen.fake.calls("POST", "/api/identity/sessions")]
    assert [body.get("work") for body in bodies] == [None, "done"]


async def test_a_first_password_must_be_changed_before_anything_else(browse: Browse) -> None:
    citizen = browse()
    citizen.fake.answers["POST /api/identity/sessions"] = tokens(must_change_password=True)
    await citizen.post("/dang-nhap", "/dang-nhap", {"login": "a", "password": "b"})
    assert (await citizen.get("/ho-so-cua-toi")).headers["location"] == "/doi-mat-khau"
    await citizen.post("/doi-mat-khau", "/doi-mat-khau", {"current": "a", "new": "b"})
    assert (await citizen.get("/ho-so-cua-toi")).status_code == 200


async def test_a_page_with_a_mistake_comes_back_as_typed_with_the_error_on_top(browse: Browse) -> None:
    citizen = await browse().sign_in()
    typed = {
        "child_name": "",
        "child_born_on-day": "31",
        "child_born_on-month": "2",
        "child_born_on-year": "2026",
    }
    answer = await citizen.post(PAGE, PAGE, typed)
    assert answer.status_code == 422
    assert answer.text.index("govuk-error-summary") < answer.text.index('id="question-form"')
    assert 'href="#child_name"' in answer.text
    assert 'value="31"' in answer.text
    assert "<title>Lỗi: " in answer.text


async def test_a_right_page_leads_to_the_next_one(browse: Browse) -> None:
    citizen = await browse().sign_in()
    answer = await citizen.post(PAGE, PAGE, {"child_name": "Nguyễn Minh Anh"})
    assert answer.headers["location"] == f"/ban-nhap/{DRAFT}/khai/birth-place"


async def test_typing_is_saved_as_it_goes(browse: Browse) -> None:
    citizen = await browse().sign_in()
    answer = await citizen.post(PAGE, f"/ban-nhap/{DRAFT}/tu-luu/child", {"child_name": "Nguyễn"})
    assert answer.text.startswith("Đã lưu lúc ")
    sent = citizen.fake.calls("PATCH", f"/api/intake/drafts/{DRAFT}")[0].body
    assert (sent["version"], sent["answers"]["child_name"]) == (4, "Nguyễn")


async def test_an_ended_session_keeps_what_was_typed_and_takes_it_up_after_sign_in(browse: Browse) -> None:
    citizen = await browse().sign_in()
    shown = (await citizen.get(PAGE)).text
    citizen.client.cookies.clear()
    token = TOKEN.search(shown)
    assert token
    ended = await citizen.client.post(PAGE, data={"form_token": token[1], "child_name": "Đỗ Mỹ Linh"})
    assert ended.status_code == 401
    fields = {"form_token": TOKEN.search(ended.text)[1], "stash": STASH.search(ended.text)[1]}  # type: ignore[index]
    resumed = await citizen.client.post("/dang-nhap", data={**fields, "login": "a", "password": "b"})
    assert 'name="child_name" value="Đỗ Mỹ Linh"' in resumed.text
    fields = {"form_token": TOKEN.search(resumed.text)[1], "child_name": "Đỗ Mỹ Linh"}  # type: ignore[index]
    assert (await citizen.client.post(PAGE, data=fields)).status_code == 303


async def test_what_one_person_typed_is_not_given_to_the_next(browse: Browse) -> None:
    citizen = await browse().sign_in()
    citizen.fake.answers[f"GET /api/intake/drafts/{DRAFT}"] = problem(
        401, "unauthenticated", "Hãy đăng nhập."
    )
    ended = await citizen.post("/tai-khoan", PAGE, {"child_name": "Đỗ Mỹ Linh"})
    citizen.fake.answers["POST /api/identity/sessions"] = tokens(id="c-2", display_name="Trần Văn Đức")
    fields = {"form_token": TOKEN.search(ended.text)[1], "stash": STASH.search(ended.text)[1]}  # type: ignore[index]
    other = await citizen.client.post("/dang-nhap", data={**fields, "login": "a", "password": "b"})
    assert other.status_code == 303


async def test_a_double_click_sends_the_same_request_key(browse: Browse) -> None:
    citizen = await browse().sign_in()
    page = await citizen.get(f"/ban-nhap/{DRAFT}/xem-lai")
    fields = {
        "form_token": TOKEN.search(page.text)[1],
        "request_key": KEY.findall(page.text)[-1],
        "agree": "true",  # type: ignore[index]
        "declaration_version": "1",
    }
    answers = [await citizen.client.post(f"/ban-nhap/{DRAFT}/nop", data=fields) for _ in range(2)]
    assert {a.headers["location"] for a in answers} == {f"/ho-so-cua-toi/{CODE}/da-nop"}
    keys = [a.headers["idempotency-key"] for a in citizen.fake.calls("POST", "/api/intake/dossiers")]
    assert len(keys) == 2
    assert len(set(keys)) == 1


async def test_submitting_needs_the_declaration(browse: Browse) -> None:
    citizen = await browse().sign_in()
    answer = await citizen.post(
        f"/ban-nhap/{DRAFT}/xem-lai", f"/ban-nhap/{DRAFT}/nop", {"declaration_version": "1"}
    )
    assert answer.status_code == 422
    assert 'href="#agree"' in answer.text
    assert citizen.fake.calls("POST", "/api/intake/dossiers") == []


async def test_a_refused_submission_says_why_and_keeps_the_draft(browse: Browse) -> None:
    citizen = await browse().sign_in()
    citizen.fake.answers["POST /api/intake/dossiers"] = problem(422, "procedure-closed", "Thủ tục đã bãi bỏ.")
    fields = {"declaration_version": "1", "agree": "true"}
    answer = await citizen.post(f"/ban-nhap/{DRAFT}/xem-lai", f"/ban-nhap/{DRAFT}/nop", fields)
    assert answer.status_code == 422
    assert "Thủ tục đã bãi bỏ." in answer.text
    assert "Nguyễn Minh Anh" in answer.text


async def test_each_paper_is_sent_by_itself(browse: Browse) -> None:
    citizen = await browse().sign_in()
    page = f"/ban-nhap/{DRAFT}/giay-to/giay-to-tuy-than"
    answer = await citizen.post(page, page, files={"file": ("can-cuoc.jpg", b"\xff\xd8\xff", "image/jpeg")})
    assert answer.headers["location"] == f"/ban-nhap/{DRAFT}/giay-to"
    sent = citizen.fake.calls("POST", f"/api/intake/drafts/{DRAFT}/attachments")[0]
    assert b'name="component"\r\n\r\ngiay-to-tuy-than' in sent.body
    assert b'filename="can-cuoc.jpg"' in sent.body


async def test_the_picker_offers_what_the_paper_takes_and_the_page_says_how_large_it_may_be(
    browse: Browse,
) -> None:
    citizen = await browse().sign_in()
    picture = (await citizen.get(f"/ban-nhap/{DRAFT}/giay-to/giay-to-tuy-than")).text
    assert "image/heic" in picture
    assert 'id="photo"' in picture
    assert "mỗi tệp tối đa 20 MB, ảnh tối đa 250 triệu điểm ảnh" in picture
    letter = (await citizen.get(f"/ban-nhap/{DRAFT}/giay-to/van-ban-uy-quyen")).text
    assert 'accept=".pdf,application/pdf"' in letter
    assert 'id="photo"' not in letter


async def test_a_refused_file_is_explained_at_its_field(browse: Browse) -> None:
    citizen = await browse().sign_in()
    wrong = [{"field": "file", "rule": "type", "message": "Tệp PDF có mật khẩu."}]
    citizen.fake.answers[f"POST /api/intake/drafts/{DRAFT}/attachments"] = problem(
        422, "invalid-input", "x", wrong
    )
    page = f"/ban-nhap/{DRAFT}/giay-to/giay-to-tuy-than"
    answer = await citizen.post(page, page, files={"file": ("a.pdf", b"%PDF-1.4", "application/pdf")})
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text
    assert answer.text.count("Tệp PDF có mật khẩu.") == 2


async def test_the_confirmation_shows_code_qr_and_what_happens_next(browse: Browse) -> None:
    citizen = await browse().sign_in()
    page = (await citizen.get(f"/ho-so-cua-toi/{CODE}/da-nop")).text
    assert CODE in page
    assert 'role="img" aria-label="Mã QR mở trang tra cứu hồ sơ' in page
    assert "Tiếp theo là gì" in page


async def test_the_dossier_page_explains_its_date_line_by_line(browse: Browse) -> None:
    citizen = await browse().sign_in()
    page = (await citizen.get(f"/ho-so-cua-toi/{CODE}")).text
    assert "Vì sao là ngày này?" in page
    assert all(row["text"] in page for row in sample("due")["rows"])


APPOINTMENT = {
    "rows": [
        {
            "label": {"vi": "Thời hạn giải quyết", "en": "Time limit"},
            "text": {"vi": "3 ngày làm việc", "en": "3 working days"},
        }
    ],
    "papers": [{"vi": "Giấy tờ tùy thân", "en": "Identity paper"}],
    "fee": {"amount": 8000, "currency": "VND"},
}


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("", ("Thời hạn giải quyết", "3 ngày làm việc", "Giấy tờ tùy thân")),
        ("/en", ("Time limit", "3 working days", "Identity paper")),
    ],
)
async def test_r_int_10_the_appointment_is_told_in_the_language_of_the_page(
    browse: Browse, start: str, said: tuple[str, ...]
) -> None:
    citizen = await browse().sign_in()
    citizen.fake.answers[f"GET /api/intake/dossiers/{CODE}"] = sample("dossier", appointment=APPOINTMENT)
    page = (await citizen.get(f"{start}/ho-so-cua-toi/{CODE}")).text
    assert [words for words in said if words not in page] == []


async def test_the_applicant_sees_which_contact_details_the_dossier_holds(browse: Browse) -> None:
    citizen = await browse().sign_in()
    page = (await citizen.get(f"/ho-so-cua-toi/{CODE}")).text
    assert "0912 345 678" in page
    citizen.fake.answers[f"GET /api/intake/dossiers/{CODE}"] = sample("dossier", email=None, phone=None)
    assert "Không có số điện thoại" in (await citizen.get(f"/ho-so-cua-toi/{CODE}")).text


async def test_a_supplement_unlocks_exactly_what_is_asked(browse: Browse) -> None:
    citizen = await browse().sign_in()
    asked = at("supplement_requested", requests=[sample("request")])
    citizen.fake.answers[f"GET /api/intake/dossiers/{CODE}"] = asked
    page = f"/ho-so-cua-toi/{CODE}/bo-sung"
    shown = (await citizen.get(page)).text
    assert re.findall(r'id="(file-[^"]+)"', shown) == ["file-giay-chung-sinh", "file-free-1"]
    assert "Điều 16 Luật Hộ tịch" in shown
    sent = await citizen.post(page, page, {"note": "Đã chụp lại", "version": "3"})
    assert sent.headers["location"] == f"/ho-so-cua-toi/{CODE}"
    body: Any = citizen.fake.calls("POST", f"/api/intake/dossiers/{CODE}/supplement-answer")[0].body
    assert body == {"version": 3, "note": "Đã chụp lại"}


@pytest.mark.parametrize(
    "path", ["/ho-so-cua-toi", "/thong-bao", "/tai-khoan", f"/ban-nhap/{DRAFT}", "/can-bo"]
)
async def test_a_personal_page_asks_for_sign_in_and_leads_back(browse: Browse, path: str) -> None:
    answer = await browse().get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].endswith(f"/dang-nhap?tiep={path}")
