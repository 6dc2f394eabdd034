"""A further supplement request: the clerk is told whom to ask, the leader allows it, the clerk sees it."""

from collections.abc import Callable
from typing import Any

import pytest
from portal_stage.fakes import problem
from portal_stage.samples import CODE, at, sample
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
DESK, ALLOW = f"/can-bo/tiep-nhan/{CODE}", f"/can-bo/tiep-nhan/{CODE}/dong-y-bo-sung"
INTAKE = f"/api/intake/dossiers/{CODE}"
WORD = {
    "at": "2026-11-21T02:00:00Z",
    "action": "approve_supplement",
    "label": "Lãnh đạo đồng ý",
    "by": "lanh-dao",
    "reason": "Ảnh chụp lại vẫn mờ",
    "step_name": None,
    "paper": "",
}


def waiting(
    *roles: str, approved: bool = False, needed: bool = True, state: str = "submitted", **changes: Any
) -> Any:
    """Give a dossier whose one request was answered, as somebody with these roles sees it."""
    told = at(
        state,
        *roles,
        needs_leader=needed and not approved,
        approved=approved,
        requests=[sample("request")],
        **changes,
    )
    told["timeline"] += [WORD] if approved else []
    return told


async def at_work(browse: Browse, *roles: str, **dossier: Any) -> Visitor:
    """Sign an officer in, before such a dossier."""
    officer = await browse().sign_in(*roles)
    officer.fake.answers[f"GET {INTAKE}"] = waiting(*roles, **dossier)
    return officer


async def test_a_clerk_without_a_leader_is_told_whom_to_ask_for_what(browse: Browse) -> None:
    clerk = await at_work(browse, "desk_officer")
    page = (await clerk.get(f"{DESK}/bo-sung")).text
    assert "Báo lãnh đạo cơ quan (người ký hoặc thủ trưởng): giấy tờ nào vẫn chưa đạt" in page
    assert "Gửi yêu cầu" not in page
    assert "dong-y-bo-sung" not in (await clerk.get(DESK)).text


async def test_a_refused_request_keeps_its_text_and_says_whom_to_ask(browse: Browse) -> None:
    clerk = await at_work(browse, "desk_officer", approved=True)
    shown = await clerk.get(f"{DESK}/bo-sung")
    assert "Ảnh chụp lại vẫn mờ" in shown.text
    wrong = [{"field": "leader_ground", "rule": "leader", "message": "phải có lãnh đạo đồng ý"}]
    refusal = problem(409, "second-supplement-without-leader", "x", wrong)

    def refuse(_: object) -> object:
        clerk.fake.answers[f"GET {INTAKE}"] = waiting("desk_officer")
        return refusal

    clerk.fake.answers[f"POST {INTAKE}/supplement-requests"] = refuse
    fields = {"version": "3", "reason": "Thiếu", "guidance": "Chụp hai mặt"}
    answer = await clerk.post(f"{DESK}/bo-sung", f"{DESK}/bo-sung", fields)
    assert answer.status_code == 422
    assert 'href="#leader_ground"' in answer.text
    assert 'id="leader_ground"' in answer.text
    assert "Chụp hai mặt</textarea>" in answer.text
    assert "Báo lãnh đạo cơ quan" in answer.text


@pytest.mark.parametrize("role", ["signer", "agency_head"])
async def test_a_leader_is_shown_the_work_and_allows_it_with_a_ground(browse: Browse, role: str) -> None:
    leader = await at_work(browse, role)
    page = (await leader.get(DESK)).text
    assert f'href="{ALLOW}"' in page
    assert "Lưu kiểm tra" not in page
    asked = (await leader.get(ALLOW)).text
    assert sample("request")["reason"] in asked
    assert "chưa kiểm tra" in asked
    answer = await leader.post(ALLOW, ALLOW, {"ground": " Ảnh vẫn mờ ", "version": "3"})
    assert answer.headers["location"] == DESK
    assert leader.fake.calls("POST", f"{INTAKE}/supplement-approval")[0].body == {
        "ground": "Ảnh vẫn mờ",
        "version": 3,
    }
    assert "Cán bộ một cửa gửi được yêu cầu bổ sung lần nữa" in (await leader.get(DESK)).text


async def test_an_empty_ground_is_not_sent_and_a_lost_race_keeps_the_text(browse: Browse) -> None:
    leader = await at_work(browse, "signer")
    empty = await leader.post(ALLOW, ALLOW, {"ground": " ", "version": "3"})
    assert (empty.status_code, 'href="#ground"' in empty.text) == (422, True)
    assert leader.fake.calls("POST", f"{INTAKE}/supplement-approval") == []
    leader.fake.answers[f"POST {INTAKE}/supplement-approval"] = problem(
        409, "stale-version", "Hồ sơ đã được người khác cập nhật."
    )
    lost = await leader.post(ALLOW, ALLOW, {"ground": "Ảnh vẫn mờ", "version": "2"})
    assert "Hồ sơ đã được người khác cập nhật." in lost.text
    assert "Ảnh vẫn mờ</textarea>" in lost.text


async def test_the_clerk_sees_that_it_is_allowed_and_why(browse: Browse) -> None:
    clerk = await at_work(browse, "desk_officer", approved=True)
    page = (await clerk.get(DESK)).text
    assert "Lãnh đạo đã đồng ý yêu cầu bổ sung lần 2" in page
    assert "Ảnh chụp lại vẫn mờ" in page
    assert 'name="leader_ground"' not in (await clerk.get(f"{DESK}/bo-sung")).text


async def test_nothing_is_asked_of_a_leader_where_nothing_is_needed(browse: Browse) -> None:
    leader = await at_work(browse, "signer", needed=False)
    assert "dong-y-bo-sung" not in (await leader.get(DESK)).text
    assert "chưa cần ý kiến của lãnh đạo" in (await leader.get(ALLOW)).text
    again = await at_work(browse, "signer", approved=True)
    assert "Ảnh chụp lại vẫn mờ" in (await again.get(ALLOW)).text


@pytest.mark.parametrize(
    ("role", "state", "place"),
    [
        ("signer", "submitted", "tiep-nhan"),
        ("signer", "in_process", "giai-quyet"),
        ("specialist", "submitted", "giai-quyet"),
    ],
)
async def test_a_notice_leads_a_leader_to_where_the_dossier_is(
    browse: Browse, role: str, state: str, place: str
) -> None:
    officer = await at_work(browse, role, state=state)
    answer = await officer.get(f"/can-bo/ho-so/{CODE}")
    assert answer.headers["location"] == f"/can-bo/{place}/{CODE}"
