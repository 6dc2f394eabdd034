"""Figures: what came and what became of it, per agency, and that the books balance."""

from datetime import timedelta

import pytest
from common.metrics import registry
from feedback_stage import filed
from qa.jobs import balance
from qa.usecases.check_balance import check_balance
from qa_stage import ANSWER, CITATION, LEADER, OTHER, TEXT

BEFORE = "before=2026-12-31T00:00:00Z&since=2026-11-01T00:00:00Z"


async def test_r_sta_15_questions_received_refused_forwarded_returned_answered_in_time_and_late(stage):
    await stage.answered()
    refused = await stage.asked(text=TEXT + " Câu thứ hai.")
    await stage.does(
        "centre", refused["number"], "refusal", ground="text_unclear", reason="Nội dung không rõ."
    )
    returned = await stage.forwarded(text=TEXT + " Câu thứ ba.")
    await stage.does("owner", returned["number"], "return", reason="Không thuộc thẩm quyền.")
    await stage.does("centre", returned["number"], "triage", agency=OTHER, topic="policies")
    late = await stage.drafted(text=TEXT + " Câu thứ tư.")
    stage.at("2026-12-10T02:00:00+00:00")
    await stage.does("signer", late["number"], "release", **LEADER)
    told = (await stage.send("centre", "GET", f"/figures/questions?{BEFORE}")).json()
    assert told["total"] == {"received": 4, "answered": 2, "refused": 1, "moved": 0, "open": 1, "holds": True}
    first, second = told["agencies"]
    assert (first["forwarded"], first["returned"], first["in_time"], first["late"]) == (3, 1, 1, 1)
    assert (second["agency"], second["forwarded"], second["late_open"]) == (OTHER, 1, 1)
    own = (await stage.send("owner", "GET", f"/figures/questions?{BEFORE}")).json()
    assert (own["total"], [one["agency"] for one in own["agencies"]]) == (None, ["H42.101"])
    october = "since=2026-10-01T00:00:00Z&before=2026-11-01T00:00:00Z"
    earlier = (await stage.send("centre", "GET", f"/figures/questions?{october}")).json()
    assert (earlier["total"]["received"], earlier["agencies"]) == (0, [])


async def test_r_sta_15_an_answer_within_a_replaced_time_is_counted_once(stage):
    asked = await stage.forwarded()
    number = asked["number"]
    await stage.does("owner", number, "kind", kind="cross_sector", reason="Liên quan hai sở.")
    await stage.does("owner", number, "draft", text=ANSWER, citations=[CITATION], submit=True)
    await stage.does("signer", number, "release", **LEADER)
    told = (await stage.send("centre", "GET", f"/figures/questions?{BEFORE}")).json()
    assert [(one["in_time"], one["late"], one["late_open"]) for one in told["agencies"]] == [(1, 0, 0)]


async def test_r_sta_15_feedback_has_its_own_figures(stage):
    words = {
        "category": "system",
        "title": "Cổng chậm",
        "text": "Cổng dịch vụ công mở rất chậm vào buổi sáng.",
        "sender": {"name": "Nguyễn Thị Ánh"},
    }
    receipt = (await stage.send("asker", "POST", "/feedback", words)).json()
    place = f"/feedback/{receipt['number']}"
    sent = {"version": 1, "agency": "H42.101", "category": "system"}
    sent["version"] = (await stage.send("centre", "GET", place)).json()["version"]
    await stage.send("centre", "POST", f"{place}/triage", sent)
    told = (await stage.send("centre", "GET", f"/figures/feedback?{BEFORE}")).json()
    assert told["total"] == {"received": 1, "answered": 0, "refused": 0, "moved": 0, "open": 1, "holds": True}
    assert [(one["agency"], one["forwarded"]) for one in told["agencies"]] == [("H42.101", 1)]


@pytest.mark.parametrize(
    "harm",
    [
        "update question set state = 'answered'",
        "insert into line select question, 99, 'released', at, by, agency, reason, more from line limit 1",
        "update clock set ended_at = started_at where kind = 'triage'",
        "update feedback set state = 'replied'",
    ],
)
async def test_r_sta_15_books_that_do_not_balance_are_seen_and_told(stage, harm):
    asked = await stage.asked()
    await filed(stage)
    await balance(stage.database, stage.app.state.now())
    assert registry.get_sample_value("motcua_qa_balance_breaches") == 0
    pool = await stage.database.pool()
    await pool.execute(harm)
    async with stage.database.sessions() as session:
        found = await check_balance(session, stage.app.state.now() + timedelta(days=1))
    assert set(found) & {"questions", "feedback", asked["number"]}
    await balance(stage.database, stage.app.state.now() + timedelta(days=1))
    assert registry.get_sample_value("motcua_qa_balance_breaches") == len(found) > 0
    told = (await stage.send("centre", "GET", f"/figures/questions?{BEFORE}")).json()["total"]
    assert told["holds"] is ("questions" not in found)
