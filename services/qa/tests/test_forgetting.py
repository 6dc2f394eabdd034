"""What askers said of themselves goes by the table of retention; what was asked and answered stays."""

from datetime import datetime, timedelta

import pytest
from feedback_stage import WORDS, entered
from feedback_stage import does as closes
from qa.domain.masking import MASK, without
from qa.jobs import jobs
from qa.models import Feedback, Question, RatedDossier
from qa.usecases.erase_askers import erase_askers, forget_account
from qa_stage import AGENCY, ANSWER, OTHER, PERSON, TEXT
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


SELF = {**PERSON, "address": "Số 8 phố Hàng Bông, Thái Nguyên"}
SAYS = f"{TEXT} Tôi là {PERSON['full_name']}, căn cước {PERSON['id_number']}, thư {PERSON['email']}."
GONE = datetime.fromisoformat("2026-11-17T02:00:00+00:00")
STAY = {"audit_line", "outbox"}
"""The access log stays as the law asks; what was announced goes by the plumbing's own time."""
REFUSED = {"ground": "text_unclear", "reason": "Nội dung hỏi chưa rõ.", "channel": "-"}


async def left_of(stage, *words):
    """Give the tables in which one of these words stands in any column of any row."""
    pool = await stage.database.pool()
    tables = await pool.fetch("select tablename from pg_tables where schemaname = 'public'")
    found = set()
    for (table,) in tables:
        rows = await pool.fetch(f'select t::text as said from "{table}" t')
        if any(word in row["said"] for row in rows for word in words):
            found.add(table)
    return found


async def run_job(stage, moment):
    """Let the job of the clock run that forgets."""
    built = stage.app.state.built
    [job] = [one for one in jobs(built.rules, RETENTION, built.reception) if one.name == "forget-askers"]
    await job.run(stage.database, datetime.fromisoformat(moment))


async def furnish(stage):
    """Let an account ask, ask again, file feedback, rate, and be barred; everything is closed."""
    asked = await stage.answered_by("asker", text=SAYS, values=SELF, warnings_seen=True)
    number = asked["number"]
    masked = {"title": "Khai sinh cho con", "question": TEXT, "answer": ANSWER}
    await stage.does("owner", number, "publication", **masked)
    more = {"text": SAYS + " Còn lệ phí?", "warnings_seen": True}
    second = await stage.send("asker", "POST", f"/own-questions/{number}/supplements", more)
    await stage.does("centre", second.json()["number"], "refusal", **REFUSED)
    sender = {"name": PERSON["full_name"], "email": PERSON["email"]}
    sent = {"category": "system", "title": "Cổng chậm", "text": SAYS, "sender": sender}
    receipt = (await stage.send("asker", "POST", "/feedback", sent)).json()
    place = f"/feedback/{receipt['number']}"
    version = (await stage.send("centre", "GET", place)).json()["version"]
    closing = {"version": version, "ground": "prohibited", "reason": "Nội dung bị cấm."}
    assert (await stage.send("centre", "POST", f"{place}/closing", closing)).status_code == 201
    await rate_and_bar(stage)
    return number


async def rate_and_bar(stage):
    """Let the account rate a dossier and be barred."""
    async with stage.database.sessions.begin() as session:
        told = {
            "receiving_point": AGENCY,
            "competent_agency": OTHER,
            "accepted_at": GONE - timedelta(days=9),
        }
        session.add(RatedDossier(code="H42.1", version=1, owner="asker", submitter="asker", **told))
    marks = {"progress": 1, "quality": 1, "comment": "Chậm."}
    assert (await stage.send("asker", "PUT", "/own-ratings/H42.1/receipt", marks)).status_code == 200
    bar = {
        "account": "asker",
        "decision": "01/QĐ-UBND",
        "ground": "Xúc phạm cán bộ",
        "appeal": "Thanh tra",
        "until": "2026-12-01",
    }
    assert (await stage.send("office", "POST", "/bars", bar)).status_code == 201


@pytest.mark.parametrize("clear", [False, True], ids=["sealed", "in clear"])
async def test_an_erased_account_leaves_nothing_of_itself_in_any_table(stage, clear):
    ring, stage.database.ring = stage.database.ring, None if clear else stage.database.ring
    number = await furnish(stage)
    words = ("asker ", "asker,", '"asker"', *(said for said in SELF.values() if said != "Việt Nam"))
    everywhere = {"question", "feedback", "rated_dossier", "bar"} | ({"idempotency_key"} if clear else set())
    assert everywhere <= await left_of(stage, *words)
    async with stage.database.sessions.begin() as session:
        assert await forget_account(session, "asker", GONE) == 3
    stage.database.ring = ring
    pool = await stage.database.pool()
    left = await pool.fetchval(
        "select count(*) from idempotency_key where scope like 'asker %' or scope like '%/bars'"
    )
    assert left == 0
    assert await left_of(stage, *words) <= STAY
    shown = await stage.seen("centre", number)
    assert shown["text"].startswith(TEXT)
    assert MASK in shown["text"]
    assert shown["answer"]["text"] == ANSWER


async def test_an_open_question_of_an_erased_account_goes_as_soon_as_it_is_closed(stage):
    asked = await stage.answered(text=SAYS, values=SELF, warnings_seen=True)
    mine = await stage.asked("asker", text=TEXT + " Xin cảm ơn.")
    async with stage.database.sessions.begin() as session:
        await forget_account(session, "asker", GONE)
    assert await erased(stage, "2026-11-18T00:00:00+00:00") == 0
    await stage.does("centre", mine["number"], "refusal", **REFUSED)
    assert [fact["reachable"] for fact in await stage.events("question_refused")] == [False]
    assert await erased(stage, "2026-11-18T00:00:00+00:00") == 1
    assert (await stage.seen("centre", mine["number"]))["asker"] is None
    assert (await stage.seen("centre", asked["number"]))["asker"] is not None


async def test_the_key_in_clear_is_dropped_and_the_link_goes_on_working(stage):
    asked = await stage.answered()
    receipt = await entered(stage)
    closing = {"ground": "prohibited", "reason": "Nội dung bị cấm."}
    await closes(stage, "centre", receipt["number"], "closing", **closing)

    async def kept():
        async with stage.database.sessions() as session:
            sent = (await session.get_one(Feedback, receipt["number"])).sender
            return (await session.get_one(Question, asked["number"])).asker_key, sent

    await run_job(stage, "2026-12-10T00:00:00+00:00")
    assert await kept() == (asked["key"], {**WORDS["sender"], "phone": "+84912345678", "key": receipt["key"]})
    await run_job(stage, "2026-12-17T00:00:00+00:00")
    assert await kept() == (None, {**WORDS["sender"], "phone": "+84912345678"})
    for way, told in (("", asked), ("/feedback", receipt)):
        followed = await stage.send("nobody", "POST", f"/follow-ups{way}", {"key": told["key"]})
        assert followed.status_code == 200
    assert (await stage.send("nobody", "POST", "/follow-ups", {"key": asked["key"]})).status_code == 200


async def test_r_qna_24_what_was_drafted_before_a_question_was_given_back_goes_with_its_asker(stage):
    asked = await stage.forwarded(text=SAYS, values=SELF, warnings_seen=True)
    number = asked["number"]
    await stage.does("owner", number, "draft", text=f"Ông/bà {PERSON['full_name']} nộp tại xã.", citations=[])
    await stage.does("owner", number, "return", reason="Không thuộc thẩm quyền.")
    await stage.does("centre", number, "refusal", **REFUSED)
    pool = await stage.database.pool()
    drafts = "select count(*) from line where more ? 'draft'"
    assert (await pool.fetchval(drafts), "line" in await left_of(stage, PERSON["full_name"])) == (1, True)
    for change in ("more = more - 'draft'", "reason = ''", "more = '{}'"):
        with pytest.raises(Exception, match="rows are only added"):
            await pool.execute(f"update line set {change} where more ? 'draft'")
    assert await erased(stage, "2028-11-17T00:00:00+00:00") == 1
    assert (await pool.fetchval(drafts), await left_of(stage, PERSON["full_name"])) == (0, set())
    with pytest.raises(Exception, match="rows are only added"):
        await pool.execute("update line set reason = ''")
    deeds = [line["deed"] for line in (await stage.seen("centre", number))["history"]]
    assert deeds == ["asked", "forwarded", "draft_saved", "returned", "refused", "asker_erased"]


async def test_whose_a_dossier_is_goes_with_the_time_for_rating_and_the_marks_stay(stage):
    await rate_and_bar(stage)
    pool = await stage.database.pool()
    await pool.execute("update rated_dossier set returned_at = '2026-11-16T02:00:00Z'")
    await run_job(stage, "2026-12-15T00:00:00+00:00")
    assert await pool.fetchval("select owner from rated_dossier") == "asker"
    await run_job(stage, "2026-12-17T00:00:00+00:00")
    assert tuple(await pool.fetchrow("select owner, submitter from rated_dossier")) == (None, None)
    assert await pool.fetchval("select comment from rating") == "Chậm."
    await run_job(stage, "2028-11-20T00:00:00+00:00")
    told = await pool.fetchrow("select progress, comment, dossier from rating")
    assert (told["progress"], told["comment"]) == (1, "")
    assert "H42.1" not in told["dossier"]


async def test_whom_a_bar_kept_from_asking_goes_two_years_after_its_end(stage):
    await rate_and_bar(stage)
    pool = await stage.database.pool()
    await run_job(stage, "2028-11-29T00:00:00+00:00")
    assert await pool.fetchval("select account from bar") == "asker"
    await run_job(stage, "2028-12-05T00:00:00+00:00")
    assert tuple(await pool.fetchrow("select account, ground, decision from bar")) == (None, "", "01/QĐ-UBND")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Gọi 0208 3855 888 gặp bà Nguyễn  Thị Ánh.", "Gọi 0208 3855 888 gặp bà […]."),
        ("Sở Tư pháp tỉnh Thái Nguyên", "Sở Tư pháp tỉnh Thái Nguyên"),
    ],
)
def test_only_what_the_asker_said_of_itself_goes_from_what_the_agency_wrote(text, left):
    told = {"text": text, "phone": "0208 3855 888", "at": "2026"}
    assert without(told, [PERSON["full_name"], PERSON["id_number"]]) == {**told, "text": left}
