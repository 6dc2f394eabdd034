"""The applicant's contact data: only what was changed goes out, with its reason, and a lost race is told."""

from collections.abc import Callable
from typing import Any

import pytest
from portal_stage.fakes import problem
from portal_stage.samples import CODE, at
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
DESK, CORRECT = f"/can-bo/tiep-nhan/{CODE}", f"/can-bo/tiep-nhan/{CODE}/lien-he"
INTAKE = f"/api/intake/dossiers/{CODE}"
OLD = {"email": "congdan@motcua.example", "phone": "+84912345678"}
SENT = {**OLD, "phone": "0987 654-321", "reason": "Đã đổi số", "version": "3"}


async def at_work(browse: Browse, role: str = "desk_officer", **changes: Any) -> Visitor:
    """Sign an officer in, before a dossier."""
    officer = await browse().sign_in(role)
    officer.fake.answers[f"GET {INTAKE}"] = at(changes.pop("state", "submitted"), role, **changes)
    return officer


def corrections(officer: Visitor) -> list[Any]:
    return [asked.body for asked in officer.fake.calls("PATCH", f"{INTAKE}/contact")]


@pytest.mark.parametrize("state", ["submitted", "supplement_requested", "in_process", "result_ready"])
async def test_the_desk_is_led_to_a_form_that_holds_what_is_known(browse: Browse, state: str) -> None:
    clerk = await at_work(browse, state=state)
    desk = (await clerk.get(DESK)).text
    assert f'href="{CORRECT}"' in desk
    assert OLD["email"] in desk
    page = (await clerk.get(CORRECT)).text
    assert f'value="{OLD["email"]}"' in page
    assert 'value="0912 345 678"' in page
    assert "người nộp được báo" in page
    assert "giá trị cũ, giá trị mới và lý do được ghi vào lịch sử" in page
    english = (await clerk.get(f"/en{CORRECT}")).text
    assert "the old value, the new value and the reason enter the history" in english


@pytest.mark.parametrize(
    ("role", "state"),
    [
        ("desk_officer", "redirected"),
        ("desk_officer", "refused"),
        ("desk_officer", "returned"),
        ("signer", "submitted"),
        ("specialist", "in_process"),
    ],
)
async def test_nobody_else_is_offered_it_and_nothing_after_the_end(
    browse: Browse, role: str, state: str
) -> None:
    officer = await at_work(browse, role, state=state)
    assert CORRECT not in (await officer.get(DESK)).text
    page = (await officer.get(CORRECT)).text
    assert "Chỉ cán bộ một cửa sửa được thông tin liên hệ" in page
    assert 'name="reason"' not in page


async def test_only_what_was_changed_is_sent_with_its_reason(browse: Browse) -> None:
    clerk = await at_work(browse)
    answer = await clerk.post(CORRECT, CORRECT, SENT)
    assert answer.headers["location"] == DESK
    assert corrections(clerk) == [{"phone": "0987654321", "reason": "Đã đổi số", "version": 3}]
    assert "Người nộp sẽ được báo" in (await clerk.get(DESK)).text
    stray = await at_work(browse, email=None)
    await stray.post(CORRECT, CORRECT, {**OLD, "email": "moi@motcua.example", "reason": "x", "version": "3"})
    assert corrections(stray) == [{"email": "moi@motcua.example", "reason": "x", "version": 3}]


@pytest.mark.parametrize(
    ("typed", "place", "told"),
    [
        ({"reason": " "}, "reason", "Nêu lý do bằng lời dễ hiểu"),
        ({"phone": OLD["phone"]}, "phone", "Sửa thư điện tử hoặc số điện thoại trước khi lưu"),
        ({"phone": "0912.345.678"}, "phone", "Sửa thư điện tử hoặc số điện thoại trước khi lưu"),
        ({"phone": ""}, "phone", "Nhập số điện thoại gồm 10 chữ số"),
    ],
)
async def test_what_intake_cannot_take_is_not_sent(
    browse: Browse, typed: dict[str, str], place: str, told: str
) -> None:
    clerk = await at_work(browse)
    answer = await clerk.post(CORRECT, CORRECT, {**SENT, **typed})
    assert answer.status_code == 422
    assert f'<a href="#{place}">{told}' in answer.text
    assert f'id="{place}-error"' in answer.text
    assert corrections(clerk) == []


async def test_a_refused_value_is_told_at_its_field_and_what_was_typed_stays(browse: Browse) -> None:
    clerk = await at_work(browse)
    wrong = [{"field": "email", "rule": "pattern", "message": "Nội dung không đúng mẫu quy định."}]
    clerk.fake.answers[f"PATCH {INTAKE}/contact"] = problem(422, "invalid-input", "x", wrong)
    answer = await clerk.post(CORRECT, CORRECT, {**SENT, "email": "không phải"})
    assert '<a href="#email">Nhập thư điện tử đúng dạng' in answer.text
    assert 'value="không phải"' in answer.text
    assert 'value="0987 654-321"' in answer.text
    assert "Đã đổi số</textarea>" in answer.text
    assert f"Đang ghi trong hồ sơ: {OLD['email']}" in answer.text


async def test_a_lost_race_is_told_beside_what_the_dossier_holds_now(browse: Browse) -> None:
    clerk = await at_work(browse)
    stale = [{"field": "version", "rule": "stale-version", "message": "Dữ liệu đã được người khác cập nhật."}]

    def refuse(_: object) -> object:
        clerk.fake.answers[f"GET {INTAKE}"] = at("submitted", "desk_officer", version=4, phone="0900000001")
        return problem(409, "stale-version", "x", stale)

    clerk.fake.answers[f"PATCH {INTAKE}/contact"] = refuse
    answer = await clerk.post(CORRECT, CORRECT, SENT)
    assert answer.status_code == 422
    assert "<li>Dữ liệu đã được người khác cập nhật.</li>" in answer.text
    assert "Đang ghi trong hồ sơ: 0900 000 001" in answer.text
    assert 'value="0987 654-321"' in answer.text
    assert 'name="version" value="4"' in answer.text
