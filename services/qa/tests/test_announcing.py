"""What a service that begins later is told: the very facts it missed, from the history and the clocks."""

import json
from datetime import timedelta

from feedback_stage import REPLY, does, filed
from feedback_stage import forwarded as feedback_forwarded
from qa.main import stocks
from qa.models import Agency
from qa.usecases.recall_feedback import recall_feedback
from qa.usecases.recall_questions import recall_questions
from qa_stage import AGENCY, ANSWER, CITATION, LEADER, OTHER, TEXT
from regulation.zone import local_day

TOLD = (
    "asked",
    "forwarded",
    "classified",
    "returned",
    "answered",
    "refused",
    "moved",
    "received",
    "replied",
    "closed",
)
NOT_TOLD = {
    "aggregate_version",
    "state",
    "topic",
    "category",
    "tell",
    "without_owner",
    "without_substitute",
    "reachable",
}


def heard(facts):
    """Return what statistics read of facts, by number, in the order of time."""
    kept = [
        {name: said for name, said in one.items() if name not in NOT_TOLD}
        for one in facts
        if one["type"].split(".")[1].rpartition("_")[2] in TOLD or one["type"] == "qa.interim_replied.v1"
    ]
    return sorted(kept, key=lambda one: (one["number"], one["occurred_at"], one["type"]))


async def announced(stage):
    """Return every fact of the outbox."""
    pool = await stage.database.pool()
    rows = await pool.fetch("select type, envelope -> 'data' as data from outbox order by seq")
    return [{"type": row["type"], **json.loads(row["data"])} for row in rows]


async def retold(stage):
    """Return the facts that are told again, a page of two at a time."""
    facts = []
    for stock in stocks("thai-nguyen"):
        after = ""
        async with stage.database.sessions() as session:
            while page := await stock.page(session, after, 2):
                facts += [fact for told in page for fact in told.facts]
                after = page[-1].key
    return [{"type": one.type, **one.model_dump(mode="json")} for one in facts]


class Going:
    """Moves the clock of a stage on, so that no two deeds are at one instant."""

    def __init__(self, stage):
        self.stage, self.now = stage, stage.app.state.now()

    def on(self, **by):
        self.now += timedelta(**by or {"minutes": 3})
        self.stage.at(self.now.isoformat())


async def everything(stage):
    """Let one of each fate happen, and one question go through three pairs of hands."""
    time = Going(stage)
    back = await stage.forwarded(text=TEXT + " Một.")
    time.on()
    await stage.does("owner", back["number"], "kind", kind="cross_sector", reason="Liên quan hai sở.")
    time.on()
    await stage.does("owner", back["number"], "return", reason="Không thuộc thẩm quyền.")
    time.on()
    await stage.does("centre", back["number"], "triage", agency=OTHER, topic="policies")
    time.on()
    await stage.does(
        "centre", back["number"], "triage", agency=AGENCY, topic="policies", note="Nhầm cơ quan."
    )
    time.on()
    more = {"reason": "Cần hỏi thêm.", "interim_reply": "Đang xem xét, sẽ trả lời sau."}
    await stage.does("owner", back["number"], "extension", **more)
    time.on(days=1)
    await stage.does("owner", back["number"], "draft", text=ANSWER, citations=[CITATION], submit=True)
    await stage.does("signer", back["number"], "release", **LEADER)
    refused = await stage.asked(text=TEXT + " Hai.")
    time.on()
    await stage.does(
        "centre", refused["number"], "refusal", ground="text_unclear", reason="Nội dung không rõ."
    )
    orphan = await stage.forwarded(text=TEXT + " Ba.")
    replied = await feedback_forwarded(stage)
    await filed(stage)
    time.on()
    await does(stage, "head", replied["number"], "reply", text=REPLY)
    lost = await feedback_forwarded(stage, title="Chờ lâu")
    time.on()
    async with stage.database.sessions.begin() as session:
        (await session.get(Agency, AGENCY)).valid_to = local_day(time.now)
        rules = stage.app.state.built.rules
        assert await recall_questions(session, rules, time.now) == 1
        assert await recall_feedback(session, rules, time.now) == 1
    return orphan["number"], lost["number"]


async def test_r_sta_15_who_begins_later_is_told_the_facts_that_were_announced(desk):
    orphan, lost = await everything(desk)
    was, again = await announced(desk), await retold(desk)
    for mine, theirs in zip(heard(again), heard(was), strict=False):
        assert mine == theirs
    assert len(heard(again)) == len(heard(was))
    assert {one["type"] for one in again} >= {"qa.interim_replied.v1", "qa.feedback_replied.v1"}
    ended = [one["number"] for one in again if one.get("agency_ended")]
    assert ended == [orphan, lost]
    for number in {one["number"] for one in again}:
        versions = [one["aggregate_version"] for one in again if one["number"] == number]
        newest = max(one["aggregate_version"] for one in was if one.get("number") == number)
        assert (versions[-1], sorted(set(versions))) == (newest, versions)
