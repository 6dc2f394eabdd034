"""Publication decisions and change requests on pages: register, send, take, carry out, return."""

from collections.abc import Callable

import pytest
from portal_stage.catalogue import REQUESTS
from portal_stage.fakes import problem
from portal_stage.samples import AGENCY
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
DECISIONS, LIST = "/can-bo/quan-tri/quyet-dinh", "/can-bo/quan-tri/de-nghi"
API = "/api/catalog/publication-decisions"
DECIDED = {
    "number": "15/QĐ-UBND",
    "signed_on": "18/11/2026",
    "effective_on": "01/12/2026",
    "deed": "amend",
    "agency": AGENCY,
    "procedures": "1.001193 Thủ tục đăng ký khai sinh\n\n1.000894 – Đăng ký kết hôn",
}
WANTED = {
    "kind": "procedures",
    "document_number": "12/CV",
    "document_on": "19/11/2026",
    "content": "Sửa lệ phí",
    "procedures": "1.001193",
}


async def test_cat_15_a_decision_is_entered_with_its_procedures_under_their_names(browse: Browse) -> None:
    editor = await browse().sign_in("catalogue_editor")
    page = (await editor.get(DECISIONS)).text
    assert all(
        said in page
        for said in ("15/QĐ-UBND", "01/12/2026", "Sửa đổi, bổ sung: 1.001193", f"{DECISIONS}/moi")
    )
    done = await editor.post(f"{DECISIONS}/moi", f"{DECISIONS}/moi", DECIDED)
    assert (done.status_code, done.headers["location"]) == (303, DECISIONS)
    body = editor.fake.calls("POST", API)[0].body
    assert (body["signed_on"], body["effective_on"]) == ("2026-11-18", "2026-12-01")
    assert [(one["procedure"], one["name"], one["deed"]) for one in body["items"]] == [
        ("1.001193", "Thủ tục đăng ký khai sinh", "amend"),
        ("1.000894", "Đăng ký kết hôn", "amend"),
    ]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"number": ""}, "Nhập số quyết định"),
        ({"effective_on": "mai"}, "Ghi ngày như 31/12/2026"),
        ({"procedures": "1.001193 Khai sinh\n1.000894"}, "Dòng 2: ghi mã, rồi tên thủ tục"),
    ],
)
async def test_cat_15_a_decision_that_says_too_little_is_not_sent(browse: Browse, changed, words) -> None:
    editor = await browse().sign_in("province_office")
    answer = await editor.post(f"{DECISIONS}/moi", f"{DECISIONS}/moi", {**DECIDED, **changed})
    assert (answer.status_code, words in answer.text) == (422, True)
    assert editor.fake.calls("POST", API) == []


async def test_cat_15_the_agency_sees_what_it_owes_by_when_and_why_and_sends_it(browse: Browse) -> None:
    head = await browse().sign_in("agency_head")
    page = (await head.get(LIST)).text
    for said in (
        "Cơ quan chưa gửi đề nghị",
        "Quá hạn",
        "Chậm nhất vào ngày quyết định có hiệu lực",
        f"{LIST}/c-1/gui",
    ):
        assert said in page
    assert (await head.get(DECISIONS)).status_code == 200
    assert f"{DECISIONS}/moi" not in (await head.get(DECISIONS)).text
    empty = await head.post(f"{LIST}/c-1/gui", f"{LIST}/c-1/gui", {"said": "", "version": "1"})
    assert (empty.status_code, "Ghi vài lời" in empty.text) == (422, True)
    done = await head.post(f"{LIST}/c-1/gui", f"{LIST}/c-1/gui", {"said": "Sửa lệ phí", "version": "1"})
    assert (done.status_code, done.headers["location"]) == (303, LIST)
    assert head.fake.calls("POST", f"{REQUESTS}/c-1/sending")[0].body == {
        "version": 1,
        "content": "Sửa lệ phí",
    }


async def test_cat_14_an_agency_files_a_request_for_procedures(browse: Browse) -> None:
    head = await browse().sign_in("agency_head")
    done = await head.post(f"{LIST}/moi", f"{LIST}/moi", WANTED)
    assert (done.status_code, done.headers["location"]) == (303, LIST)
    sent = head.fake.calls("POST", REQUESTS)[0].body
    assert (sent["procedures"], sent["document_on"], "level" in sent) == (["1.001193"], "2026-11-19", False)
    assert (
        "Nhập số văn bản"
        in (await head.post(f"{LIST}/moi", f"{LIST}/moi", {**WANTED, "document_number": ""})).text
    )


async def test_cat_03_the_refusal_of_who_may_not_ask_stands_on_the_page(browse: Browse) -> None:
    centre = await browse().sign_in("coordinator")
    centre.fake.answers[f"POST {REQUESTS}"] = problem(
        422, "requester-not-competent", "Ủy ban nhân dân đề nghị."
    )
    asked = await centre.post(
        f"{LIST}/moi", f"{LIST}/moi", {**WANTED, "kind": "agencies", "level": "commune"}
    )
    assert (asked.status_code, "Ủy ban nhân dân đề nghị." in asked.text, "Sửa lệ phí" in asked.text) == (
        422,
        True,
        True,
    )
    assert centre.fake.calls("POST", REQUESTS)[0].body["level"] == "commune"


@pytest.mark.parametrize(
    ("slug", "deed", "body"),
    [
        ("nhan", "taking", {"version": 2}),
        ("xong", "completion", {"version": 2, "answer": "Đã đổi"}),
        ("tra-lai", "return", {"version": 2, "answer": "Đã đổi"}),
    ],
)
async def test_cat_14_the_editor_takes_completes_and_returns(browse: Browse, slug, deed, body) -> None:
    operator = await browse().sign_in("operator")
    path = f"{LIST}/c-2/{slug}"
    assert "Đổi tên xã" in (await operator.get(path)).text
    done = await operator.post(path, path, {"said": "Đã đổi", "version": "2"})
    assert (done.status_code, done.headers["location"]) == (303, LIST)
    assert operator.fake.calls("POST", f"{REQUESTS}/c-2/{deed}")[0].body == body
    assert (await operator.get(f"{LIST}/c-1/{slug}")).headers["location"] == LIST
