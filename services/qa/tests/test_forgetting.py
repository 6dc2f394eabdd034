"""What askers said of themselves goes by the table of retention; what was asked and answered stays."""

from datetime import datetime

from qa.usecases.erase_askers import erase_askers, forget_account
from qa_stage import PERSON, TEXT
from regulation import profiles
from regulation.retention import retention_of
from sqlalchemy import text

RETENTION = retention_of(profiles.load("thai-nguyen"))


async def erased(stage, moment):
    """Let the job of the clock look at a moment."""
    async with stage.database.sessions.begin() as session:
        return await erase_askers(session, RETENTION, datetime.fromisoformat(moment))


async def test_r_qna_24_question_and_answer_stay_when_who_asked_is_erased(stage):
    asked, still_open = await stage.answered(), await stage.asked(text=TEXT + " Xin cảm ơn.")
    assert await erased(stage, "2028-11-10T00:00:00+00:00") == 0
    assert await erased(stage, "2028-11-17T00:00:00+00:00") == 1
    assert await erased(stage, "2028-11-17T00:00:00+00:00") == 0
    shown = await stage.seen("centre", asked["number"])
    assert (shown["asker"], shown["text"]) == (None, TEXT)
    assert shown["answer"]["full_name"] == "Phạm Văn Dũng"
    assert shown["history"][-1]["deed"] == "asker_erased"
    assert (await stage.seen("centre", still_open["number"]))["asker"] is not None
    pool = await stage.database.pool()
    row = str(await pool.fetchrow("select * from question where number = $1", asked["number"]))
    assert not any(said in row for said in PERSON.values() if said != "Việt Nam")
    line = await pool.fetchrow("select deed, purpose from audit_line where actor = 'qa'")
    assert tuple(line) == ("change", "retention.question_asker_days")
    followed = await stage.send("nobody", "POST", "/follow-ups", {"key": asked["key"]})
    assert (followed.json()["state"], followed.json()["actions"]) == ("answered", [])


async def test_who_sent_feedback_is_erased_like_who_asked(stage):
    sent = {
        "category": "system",
        "title": "Cổng chậm",
        "text": "Cổng dịch vụ công mở rất chậm vào buổi sáng.",
    }
    receipt = (await stage.send("asker", "POST", "/feedback", {**sent, "sender": {"name": "Ánh"}})).json()
    place = f"/feedback/{receipt['number']}"
    version = (await stage.send("centre", "GET", place)).json()["version"]
    closing = {"version": version, "ground": "prohibited", "reason": "Nội dung bị cấm."}
    assert (await stage.send("centre", "POST", f"{place}/closing", closing)).status_code == 201
    assert await erased(stage, "2028-11-17T00:00:00+00:00") == 1
    shown = (await stage.send("centre", "GET", place)).json()
    assert (shown["sender"], shown["text"]) == (None, sent["text"])


async def test_an_erased_account_takes_its_name_along_and_an_open_question_is_still_answered(stage):
    asked = await stage.answered_by_account()
    waiting = await stage.asked("asker", text=TEXT + " Xin cảm ơn.")
    async with stage.database.sessions.begin() as session:
        assert (
            await forget_account(session, "asker", datetime.fromisoformat("2026-11-17T02:00:00+00:00")) == 2
        )
    assert (await stage.send("asker", "GET", "/own-questions")).json()["total"] == 0
    assert (await stage.seen("centre", asked["number"]))["asker"] is None
    assert (await stage.seen("centre", waiting["number"]))["asker"] is not None
    told = (await stage.send("nobody", "GET", f"/answers/{asked['number']}")).json()
    assert told["asker_name"] is None
    async with stage.database.engine.connect() as connection:
        row = await connection.execute(text("select owner from question"))
        assert {one for (one,) in row} == {None}
