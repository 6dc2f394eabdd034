"""The section is kept in order on pages: how to take part, and decisions that keep somebody from asking."""

from collections.abc import Callable

import pytest
from portal_stage import asked
from portal_stage.fakes import problem
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
GUIDANCE, BARS = "/can-bo/hoi-dap/huong-dan", "/can-bo/quan-tri/khong-duoc-hoi"
END = f"{BARS}/{asked.BAR['id']}/cham-dut"
DECISION = {
    "id_number": "000190000009",
    "email": "",
    "decision": "15/QĐ-VP",
    "ground": "Xúc phạm",
    "appeal": "Thanh tra tỉnh",
    "until": "31/12/2026",
}


async def test_r_qna_26_the_coordinator_rewrites_how_to_take_part(browse: Browse) -> None:
    visitor = await browse().sign_in("coordinator")
    assert GUIDANCE in (await visitor.get("/can-bo/hoi-dap")).text
    assert "Ghi rõ việc bạn hỏi." in (await visitor.get(GUIDANCE)).text
    asked_in = [c.headers["accept-language"] for c in visitor.fake.calls("GET", "/api/qa/terms")][-2:]
    assert asked_in == ["vi", "en"]
    sent = await visitor.post(GUIDANCE, GUIDANCE, {"vi": "Ghi rõ việc, nơi, ngày.", "en": "", "version": "3"})
    assert sent.headers["location"] == "/can-bo/hoi-dap"
    [call] = visitor.fake.calls("PUT", "/api/qa/guidance")
    assert call.body == {"vi": "Ghi rõ việc, nơi, ngày.", "en": "", "version": 3}
    assert 'href="#vi"' in (await visitor.post(GUIDANCE, GUIDANCE, {"vi": ""})).text


async def test_r_qna_03_the_province_office_bars_by_decision_and_ends_it(browse: Browse) -> None:
    visitor = await browse().sign_in("province_office")
    page = (await visitor.get(BARS)).text
    assert "000190000009" not in page, "an identity number is shown by its last digits"
    assert all(words in page for words in ("15/QĐ-VP", "31/12/2026", END, "Đã xin lỗi"))
    sent = await visitor.post(f"{BARS}/moi", f"{BARS}/moi", DECISION)
    assert sent.headers["location"] == BARS
    [call] = visitor.fake.calls("POST", "/api/qa/bars")
    assert call.body == {**DECISION, "email": None, "phone": None, "until": "2026-12-31"}
    assert (await visitor.post(END, END, {"reason": "Khiếu nại đúng"})).headers["location"] == BARS
    assert 'href="#reason"' in (await visitor.post(END, END, {"reason": ""})).text
    assert (await visitor.get(f"{BARS}/khong-co/cham-dut")).status_code == 404


@pytest.mark.parametrize(
    ("name", "typed"), [("id_number", ""), ("decision", ""), ("ground", ""), ("appeal", ""), ("until", "mai")]
)
async def test_r_qna_03_a_bar_names_somebody_its_ground_its_end_and_where_to_appeal(
    browse: Browse, name: str, typed: str
) -> None:
    visitor = await browse().sign_in("province_office")
    sent = await visitor.post(f"{BARS}/moi", f"{BARS}/moi", {**DECISION, name: typed})
    assert (sent.status_code, f'href="#{name}"' in sent.text, "15/QĐ" in sent.text) == (
        422,
        True,
        name != "decision",
    )
    assert visitor.fake.calls("POST", "/api/qa/bars") == []


async def test_what_the_service_refuses_is_told_beside_what_was_typed(browse: Browse) -> None:
    visitor = await browse().sign_in("province_office")
    visitor.fake.answers["POST /api/qa/bars"] = problem(422, "bar-dates", "Ngày phải sau hôm nay.")
    sent = await visitor.post(f"{BARS}/moi", f"{BARS}/moi", DECISION)
    assert "Ngày phải sau hôm nay." in sent.text
    assert "Xúc phạm" in sent.text


@pytest.mark.parametrize(
    "page", [GUIDANCE, f"{BARS}/moi", END, "/can-bo/khao-sat/moi", "/can-bo/phan-anh/nhap"]
)
async def test_nobody_is_offered_a_form_that_is_refused_when_it_is_sent(browse: Browse, page: str) -> None:
    visitor = await browse().sign_in("specialist")
    assert (await visitor.get(page)).status_code == 403
