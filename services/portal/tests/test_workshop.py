"""The procedure workshop on pages: compare, have checked, publish, go back, and see what lacks."""

from collections.abc import Callable

import pytest
from portal_stage.catalogue import VERSIONS
from portal_stage.fakes import problem
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
LIST = "/can-bo/quan-tri/thu-tuc"
ONE, REVIEWED = f"{LIST}/1.001193/4", f"{LIST}/1.001193/5"
DECIDED = {"decision_number": "15/QĐ-UBND", "decision_on": "18/11/2026", "effective_on": "01/12/2026"}
APPROVED = {"approval_number": "900/QĐ-UBND", "approval_on": "10/11/2026"}


async def test_cat_18_the_page_of_a_version_says_what_differs_what_lacks_and_what_was_found(
    browse: Browse,
) -> None:
    editor = await browse().sign_in("catalogue_editor")
    assert ONE in (await editor.get(LIST)).text
    page = (await editor.get(ONE)).text
    for said in (
        "Có mặt khi nộp",
        "Yêu cầu, điều kiện",
        "Thiếu số bộ hồ sơ.",
        "trả lại – Sai số bản sao",
        "đang chờ",
    ):
        assert said in page
    assert (f"{ONE}/kiem-soat" in page, f"{ONE}/cong-bo" in page, f"{ONE}/dong-y" in page) == (
        True,
        True,
        False,
    )
    assert "Missing: sets." in (await editor.get(f"/en{ONE}")).text


async def test_cat_18_the_editor_sends_it_and_the_controller_approves_or_returns(browse: Browse) -> None:
    editor = await browse().sign_in("catalogue_editor")
    done = await editor.post(f"{ONE}/kiem-soat", f"{ONE}/kiem-soat", {"version": "3"})
    assert (done.status_code, editor.fake.calls("POST", f"{VERSIONS}/4/review")[0].body) == (
        303,
        {"version": 3},
    )
    controller = await browse().sign_in("content_controller")
    empty = await controller.post(f"{REVIEWED}/tra-lai", f"{REVIEWED}/tra-lai", {"version": "3", "said": ""})
    assert (empty.status_code, "Ghi lý do" in empty.text) == (422, True)
    await controller.post(f"{REVIEWED}/tra-lai", f"{REVIEWED}/tra-lai", {"version": "3", "said": "Sai"})
    await controller.post(f"{REVIEWED}/dong-y", f"{REVIEWED}/dong-y", {"version": "3", "said": ""})
    assert [
        controller.fake.calls("POST", f"{VERSIONS}/5/review/{deed}")[0].body
        for deed in ("return", "approval")
    ] == [
        {"version": 3, "reason": "Sai"},
        {"version": 3, "reason": ""},
    ]
    assert (await controller.get(f"{ONE}/dong-y")).headers["location"] == ONE


async def test_cat_18_the_refusal_of_an_author_stands_on_the_page(browse: Browse) -> None:
    controller = await browse().sign_in("content_controller")
    own = problem(403, "own-content", "Người soạn không tự kiểm soát nội dung của mình.")
    controller.fake.answers[f"POST {VERSIONS}/5/review/approval"] = own
    asked = await controller.post(f"{REVIEWED}/dong-y", f"{REVIEWED}/dong-y", {"version": "3", "said": ""})
    assert (asked.status_code, "không tự kiểm soát" in asked.text) == (422, True)


async def test_cat_19_publishing_asks_for_both_decisions_where_it_begins_to_be_taken_online(
    browse: Browse,
) -> None:
    editor = await browse().sign_in("catalogue_editor")
    page = f"{ONE}/cong-bo"
    assert "Số quyết định phê duyệt" in (await editor.get(page)).text
    half = await editor.post(page, page, {**DECIDED, **APPROVED, "approval_on": ""})
    assert (half.status_code, "Nhập ngày quyết định phê duyệt" in half.text) == (422, True)
    await editor.post(page, page, DECIDED | APPROVED)
    await editor.post(page, page, DECIDED)
    both, one = (call.body for call in editor.fake.calls("POST", f"{VERSIONS}/4/publication"))
    assert (both["approval_on"], both["effective_on"], "approval_on" in one) == (
        "2026-11-10",
        "2026-12-01",
        False,
    )


@pytest.mark.parametrize(("earlier", "sent"), [("2", {"from_version": 2}), ("", {})])
async def test_a_version_is_begun_from_the_present_or_an_earlier_one(browse: Browse, earlier, sent) -> None:
    editor = await browse().sign_in("catalogue_editor")
    done = await editor.post(f"{LIST}/moi", f"{LIST}/moi", {"code": "1.001193", "from_version": earlier})
    assert (done.status_code, editor.fake.calls("POST", VERSIONS)[0].body) == (303, sent)
    wrong = await editor.post(f"{LIST}/moi", f"{LIST}/moi", {"code": "1.001193", "from_version": "hai"})
    assert "Ghi số của một phiên bản" in wrong.text


async def test_cat_10_the_coverage_names_what_is_not_on_the_portal(browse: Browse) -> None:
    office = await browse().sign_in("province_office")
    page = (await office.get("/can-bo/quan-tri/do-phu")).text
    assert all(said in page for said in ("75 % (3/4)", "9.999001", "Mục tiêu: 100 %"))
