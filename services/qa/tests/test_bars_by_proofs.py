"""Who is barred by number, address or telephone is known by what its account proved, whatever it types."""

from dataclasses import replace
from datetime import datetime

import pytest
from qa.usecases.mark_bars import mark_bars
from qa_stage import PERSON, PROOF_KEY, TEXT, body
from regulation.proofs import proof_marks
from suite.testing import citizen, client
from test_bars import MORE, barred

PROVEN = {"id_number": "001190000099", "email": "that@motcua.example", "phone": "+84987654321"}
OTHERS = {**PERSON, "id_number": "001190000018", "email": "khac@motcua.example"}


@pytest.fixture
async def proven(stage):
    """Let somebody take part whose account proved number, address and telephone, and types others."""
    person = replace(citizen("proven"), proofs=proof_marks(PROOF_KEY, PROVEN))
    stage.people["proven"] = client(stage.app, person)
    return stage


@pytest.mark.parametrize("mark", [{name: said} for name, said in PROVEN.items()])
async def test_r_qna_03_another_number_typed_makes_no_other_person_of_an_account(proven, mark):
    await barred(proven, **mark)
    refused = await proven.send("proven", "POST", "/questions", body(values=OTHERS))
    assert (refused.status_code, refused.json()["code"]) == (403, "asker-barred")
    told = await proven.send("proven", "POST", "/bar-checks", {"id_number": OTHERS["id_number"]})
    assert "12/QĐ-UBND" in told.json()["sentence"]
    assert await proven.asked("stranger", values=OTHERS), "who proved another number types what it wants"


async def test_r_qna_03_a_supplementary_question_is_judged_by_what_the_account_proved(proven):
    asked = await proven.answered_by("proven", values=OTHERS)
    await barred(proven, id_number=PROVEN["id_number"])
    place = f"/own-questions/{asked['number']}/supplements"
    assert (await proven.send("proven", "POST", place, MORE)).status_code == 403
    by_key = await proven.send("nobody", "POST", "/follow-ups/supplements", {**MORE, "key": asked["key"]})
    assert by_key.status_code == 401, "the key of an account's question leads round no bar"
    shown = await proven.send("nobody", "POST", "/follow-ups", {"key": asked["key"]})
    assert (shown.status_code, shown.json()["actions"]) == (200, [])


async def test_r_qna_03_a_bar_that_was_entered_without_the_key_is_marked_by_the_job(proven):
    entered = await barred(proven, phone=PROVEN["phone"])
    pool = await proven.database.pool()
    await pool.execute("update bar set proofs = '{}'")
    assert await proven.asked("proven", values=OTHERS)
    now = datetime.fromisoformat("2026-11-16T02:00:00+00:00")
    async with proven.database.sessions.begin() as session:
        assert await mark_bars(session, PROOF_KEY, now) == 1
        assert await mark_bars(session, PROOF_KEY, now) == 0
    again = body(values=OTHERS, text=TEXT + " Xin cảm ơn.")
    assert (await proven.send("proven", "POST", "/questions", again)).status_code == 403
    assert "proofs" not in entered, "nobody is told the marks"
