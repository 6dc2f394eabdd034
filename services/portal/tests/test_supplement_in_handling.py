"""Something is missing while a dossier is handled: drafted by its officer, sent by the desk, waited for."""

from collections.abc import Callable

from portal_stage.samples import CODE, at, sample
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
HANDLING, DESK = f"/can-bo/giai-quyet/{CODE}", f"/can-bo/tiep-nhan/{CODE}"
PROCESSING = f"/api/processing/agencies/H42.101/dossiers/{CODE}"
INTAKE = f"/api/intake/dossiers/{CODE}"
WANTED = {
    "version": "2",
    "item-giay-chung-sinh": "1",
    "note-giay-chung-sinh": "Chụp lại",
    "reason": "Không đọc được.",
    "guidance": "Chụp cả bốn góc.",
}


async def test_r_prc_10_the_officer_drafts_what_is_missing_and_sees_that_the_clock_waits(
    browse: Browse,
) -> None:
    officer = await browse().sign_in("specialist")
    officer.fake.answers[f"GET {PROCESSING}"] = sample("handled", actions=["supplement-draft"])
    assert "Đề nghị bổ sung…" in (await officer.get(HANDLING)).text
    page = f"{HANDLING}/bo-sung"
    silent = await officer.post(page, page, {"version": "2", "reason": " ", "guidance": ""})
    assert [f'href="#{name}"' in silent.text for name in ("reason", "guidance")] == [True, True]
    assert (await officer.post(page, page, WANTED)).headers["location"] == HANDLING
    [sent] = officer.fake.calls("POST", f"{PROCESSING}/supplement-draft")
    assert sent.body == {
        "version": 2,
        "reason": "Không đọc được.",
        "guidance": "Chụp cả bốn góc.",
        "items": [{"component": "giay-chung-sinh", "note": "Chụp lại"}],
        "free_items": [],
    }
    told = {"paused_at": "2026-11-21T02:00:00Z", "answer_by_on": "2026-12-21", "actions": ["transfer"]}
    asked = sample("supplement", requested_at="2026-11-21T02:00:00Z")
    officer.fake.answers[f"GET {PROCESSING}"] = sample("handled", supplements=[asked], **told)
    page = (await officer.get(HANDLING)).text
    for words in ("Đang chờ người nộp bổ sung đến hết ngày", "Tạm dừng", "Đã yêu cầu người nộp bổ sung lúc"):
        assert words in page


async def test_r_prc_10_the_desk_reads_the_draft_and_sends_it(browse: Browse) -> None:
    clerk = await browse().sign_in("desk_officer")
    kept = ("reason", "guidance", "items", "free_items")
    draft = sample("request") | {name: sample("supplement")[name] for name in kept}
    told = at("in_process", supplement_draft=draft, actions=["supplement-requests"])
    clerk.fake.answers[f"GET {INTAKE}"] = told
    page = (await clerk.get(DESK)).text
    for words in ("Người thụ lý đề nghị bổ sung", draft["reason"], "Xem và gửi yêu cầu bổ sung…"):
        assert words in page
    form = (await clerk.get(f"{DESK}/bo-sung")).text
    for words in (draft["guidance"], "Sổ hộ khẩu", "Luật Cư trú Đ.8", "Đồng hồ giải quyết dừng từ lúc gửi"):
        assert words in form
    assert 'name="item-giay-chung-sinh" value="1" checked' in form
    answer = await clerk.post(f"{DESK}/bo-sung", f"{DESK}/bo-sung", WANTED)
    assert answer.headers["location"] == DESK
    assert clerk.fake.calls("POST", f"{INTAKE}/supplement-requests")
