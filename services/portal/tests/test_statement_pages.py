"""What must be read comes before every page, once; an old password is told or must go."""

from collections.abc import Callable

import pytest
from portal_stage.accepted import DUE, DUTIES, MINE
from portal_stage.fakes import problem
from portal_stage.samples import officer, tokens
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
SESSIONS = "POST /api/identity/sessions"
PAGE = "/doc-va-xac-nhan"
AGREED = {"agreed": "true", "versions": "terms:2026-11", "tiep": "/thong-bao"}


async def came(browse: Browse, **owed: object) -> Visitor:
    """Sign in as a citizen who owes something."""
    visitor = browse()
    visitor.fake.answers[SESSIONS] = {**tokens(), **owed}
    await visitor.post("/dang-nhap", "/dang-nhap", {"login": "a", "password": "b"})
    return visitor


async def test_r_sec_01_the_terms_come_before_every_page_and_lead_on_once_accepted(browse: Browse) -> None:
    visitor = await came(browse, statements_due=True)
    held = await visitor.get("/thong-bao")
    assert (held.status_code, held.headers["location"]) == (303, f"{PAGE}?tiep=/thong-bao")
    page = (await visitor.get(held.headers["location"])).text
    for words in (DUE["title"], "Không dùng chữ ký điện tử của người khác.", 'value="terms:2026-11"'):
        assert str(words) in page
    silent = await visitor.post(PAGE, PAGE, {**AGREED, "agreed": ""})
    assert (silent.status_code, "Đánh dấu rằng bạn đã đọc" in silent.text) == (422, True)
    assert (await visitor.get("/thong-bao")).status_code == 303, "nothing was accepted"
    done = await visitor.post(PAGE, PAGE, AGREED)
    assert (done.status_code, done.headers["location"]) == (303, "/thong-bao")
    assert visitor.fake.calls("POST", MINE)[0].body == {"versions": {"terms": "2026-11"}}
    assert (await visitor.get("/thong-bao")).status_code == 200


async def test_r_sec_01_a_text_that_changed_meanwhile_is_shown_again(browse: Browse) -> None:
    visitor = await came(browse, statements_due=True)
    visitor.fake.answers[f"POST {MINE}"] = problem(409, "statement-outdated", "Hãy đọc bản mới.")
    again = await visitor.post(PAGE, PAGE, AGREED)
    assert (again.status_code, "Hãy đọc bản mới." in again.text) == (422, True)
    assert (await visitor.get("/thong-bao")).status_code == 303


async def test_r_org_16_an_officer_reads_the_duties_and_sees_when_they_were_confirmed(browse: Browse) -> None:
    visitor = browse()
    visitor.fake.answers[SESSIONS] = {**officer("o-1", "desk_officer"), "statements_due": True}
    await visitor.post("/can-bo/dang-nhap", "/can-bo/dang-nhap", {"login": "a", "password": "b"})
    held = await visitor.get("/can-bo/tiep-nhan")
    assert held.headers["location"] == f"/can-bo{PAGE}?tiep=/can-bo/tiep-nhan"
    page = (await visitor.get(f"/can-bo{PAGE}")).text
    assert str(DUTIES["title"]) in page
    assert "Bạn đã xác nhận bản 2026-11" in page


@pytest.mark.parametrize(("due", "told"), [("remind", True), ("off", False)])
async def test_r_acc_14_an_old_password_is_told_after_signing_in(browse: Browse, due, told) -> None:
    visitor = await came(browse, change_due=due)
    assert ("Mật khẩu của bạn đã dùng lâu" in (await visitor.get("/tai-khoan")).text) is told


async def test_r_acc_14_where_it_must_go_its_change_comes_first_and_says_why(browse: Browse) -> None:
    visitor = await came(browse, change_due="enforce", must_change_password=True)
    assert (await visitor.get("/tai-khoan")).headers["location"] == "/doi-mat-khau"
    page = (await visitor.get("/doi-mat-khau")).text
    assert ("quá thời hạn mà quy chế cho phép" in page, "lần đăng nhập đầu tiên" in page) == (True, False)


async def test_r_sec_01_who_registers_reads_the_terms_and_accepts_that_version(browse: Browse) -> None:
    visitor = browse()
    page = (await visitor.get("/dang-ky")).text
    assert "Không dùng chữ ký điện tử của người khác." in page
    typed = {"full_name": "Nguyễn Thị Ánh", "id_number": "036190001234", "phone": "0912345678"}
    typed |= {
        "kind": "individual",
        "email": "anh@example.vn",
        "password": "mot-cau-dai-de-nho",
        "declaration_accepted": "true",
    }
    await visitor.post("/dang-ky", "/dang-ky", {**typed, "terms_version": "2026-11"})
    sent = visitor.fake.calls("POST", "/api/identity/registrations")[0].body
    assert sent["terms_version"] == "2026-11"
