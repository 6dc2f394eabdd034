"""Papers of agencies on pages: requests, notices with the open work, commitments, and the periodic review."""

from collections.abc import Callable

import pytest
from portal.domain.paper_forms import persons
from portal_stage.fakes import problem
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
ROOT, IDENTITY = "/can-bo/quan-tri", "/api/identity"
REQUESTS, PAPERS = f"{ROOT}/dang-ky-quyen", f"{ROOT}/can-bo/o-7/van-ban"
REQUEST = {
    "agency": "H42.101",
    "document_number": "15/VP",
    "document_on": "02/11/2026",
    "persons": "mai.lt; Lê Thị Mai; a, c\n\nhung.pv; Phạm Văn Hùng; d",
}


@pytest.mark.parametrize(
    ("text", "bad"),
    [("a.b; Lê Mai; a", None), ("a.b; Lê Mai", 1), ("a.b; Lê Mai; a\nx; Lê Ba; e", 2), ("a.b; Lê;", 1)],
)
def test_r_acc_17_a_list_of_people_is_read_line_by_line(text, bad):
    assert persons(text)[1] == bad


async def test_r_acc_17_the_office_enters_number_day_and_list_of_a_request(browse: Browse) -> None:
    office = await browse().sign_in("province_office")
    page = (await office.get(REQUESTS)).text
    for words in ("15/VP-KSTT", "02/11/2026", "Lê Thị Mai", "đúng trường hợp đã đăng ký", f"{REQUESTS}/moi"):
        assert words in page
    done = await office.post(f"{REQUESTS}/moi", f"{REQUESTS}/moi", REQUEST)
    assert (done.status_code, done.headers["location"]) == (303, REQUESTS)
    sent = office.fake.calls("POST", f"{IDENTITY}/rights-requests")[0].body
    assert (sent["document_on"], sent["persons"]) == (
        "2026-11-02",
        [
            {"login": "mai.lt", "full_name": "Lê Thị Mai", "cases": ["a", "c"]},
            {"login": "hung.pv", "full_name": "Phạm Văn Hùng", "cases": ["d"]},
        ],
    )


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"document_number": ""}, "Nhập số văn bản"),
        ({"document_on": "mai"}, "Ghi ngày như 31/12/2026"),
        ({"persons": "mai.lt; Lê Thị Mai"}, "Dòng 1: ghi tên đăng nhập"),
    ],
)
async def test_r_acc_17_a_request_that_says_too_little_comes_back_as_typed(
    browse: Browse, changed, words
) -> None:
    office = await browse().sign_in("province_office")
    again = await office.post(f"{REQUESTS}/moi", f"{REQUESTS}/moi", {**REQUEST, **changed})
    assert (again.status_code, words in again.text) == (422, True)
    assert office.fake.calls("POST", f"{IDENTITY}/rights-requests") == []


async def test_r_acc_17_a_role_nobody_registered_is_refused_in_words(browse: Browse) -> None:
    office = await browse().sign_in("province_office")
    path = f"{ROOT}/can-bo/o-7/vai-tro"
    office.fake.answers[f"PATCH {IDENTITY}/officers/o-7"] = problem(
        409, "rights-not-registered", "Chưa đăng ký quyền."
    )
    again = await office.post(path, path, {"roles": "specialist", "version": "4"})
    assert (again.status_code, "Chưa đăng ký quyền." in again.text) == (422, True)


async def test_r_acc_19_the_open_dossiers_stand_with_the_notices_and_must_be_handed_over(
    browse: Browse,
) -> None:
    admin = await browse().sign_in("agency_admin", "agency_head")
    page = (await admin.get(PAPERS)).text
    for words in (
        "H42.101-261101-0001",
        "Thẩm định",
        "1 hồ sơ phải được giao lại",
        "/can-bo/ban-giao",
        "Cán bộ một cửa",
    ):
        assert words in page
    admin.fake.answers["GET /api/processing/agencies/H42.101/officers/o-7/open-dossiers"] = problem(
        503, "away", "Bận."
    )
    assert "Hiện chưa đọc được danh sách" in (await admin.get(PAPERS)).text


async def test_r_acc_19_a_notice_is_filed_with_its_paper(browse: Browse) -> None:
    admin, path = await browse().sign_in("agency_admin"), f"{PAPERS}/thong-bao"
    typed = {"kind": "moved", "document_number": "20/QĐ", "document_on": "02/11/2026"}
    assert "Chọn vì sao quyền thay đổi" in (await admin.post(path, path, {**typed, "kind": ""})).text
    done = await admin.post(path, path, typed)
    assert (done.status_code, done.headers["location"]) == (303, PAPERS)
    sent = admin.fake.calls("POST", f"{IDENTITY}/officers/o-7/notices")[0].body
    assert sent == {"kind": "moved", "document_number": "20/QĐ", "document_on": "2026-11-02"}


async def test_r_acc_21_a_signed_commitment_is_entered_and_the_state_is_told(browse: Browse) -> None:
    admin, path = await browse().sign_in("agency_admin"), f"{PAPERS}/cam-ket"
    assert "chưa có bản cam kết nên chưa dùng được" in (await admin.get(PAPERS)).text
    typed = {"document_number": "CK-1", "signed_on": "02/11/2026", "until_on": "02/11/2027"}
    done = await admin.post(path, path, typed)
    assert (done.status_code, done.headers["location"]) == (303, PAPERS)
    sent = admin.fake.calls("POST", f"{IDENTITY}/officers/o-7/commitments")[0].body
    assert (sent["signed_on"], sent["until_on"]) == ("2026-11-02", "2027-11-02")


async def test_r_acc_21_an_officer_reads_the_commitment_and_accepts_it(browse: Browse) -> None:
    officer, path = await browse().sign_in("desk_officer"), "/can-bo/cam-ket"
    assert "Bản cam kết đã hết hạn nên không dùng được" in (await officer.get(path)).text
    assert "Đánh dấu rằng bạn đã đọc" in (await officer.post(path, path, {})).text
    assert (await officer.post(path, path, {"agreed": "true"})).status_code == 303
    assert len(officer.fake.calls("POST", f"{IDENTITY}/me/commitments")) == 1


async def test_r_acc_20_unused_accounts_are_confirmed_and_the_reports_stay(browse: Browse) -> None:
    office, path = await browse().sign_in("province_office"), f"{ROOT}/ra-soat"
    page = (await office.get(path)).text
    for words in ("Trần Văn Vắng", "chưa đăng nhập lần nào", "giữ: Nghỉ thai sản", "mỗi 3 tháng"):
        assert words in page
    changed = problem(409, "review-changed", "Danh sách vừa thay đổi.")
    office.fake.answers[f"POST {IDENTITY}/usage-reviews"] = changed
    again = await office.post(path, path, {"officers": "o-8", "keep-o-8": "Đi học"})
    assert (again.status_code, "Danh sách vừa thay đổi." in again.text, "Đi học" in again.text) == (
        422,
        True,
        True,
    )
    office.fake.answers[f"POST {IDENTITY}/usage-reviews"] = {"id": "u-2"}
    assert (await office.post(path, path, {"officers": "o-8", "keep-o-8": "Đi học"})).status_code == 303
    sent = office.fake.calls("POST", f"{IDENTITY}/usage-reviews")[-1].body
    assert sent == {"officers": ["o-8"], "kept": {"o-8": "Đi học"}}


@pytest.mark.parametrize("path", [REQUESTS, PAPERS, f"{ROOT}/ra-soat"])
async def test_r_acc_17_who_grants_nothing_sees_none_of_it(browse: Browse, path) -> None:
    assert (await (await browse().sign_in("specialist")).get(path)).status_code == 403
