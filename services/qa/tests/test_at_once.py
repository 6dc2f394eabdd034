"""Deeds and jobs at the same moment: what a deed holds waits for nobody, and no two facts have one number."""

import asyncio
from collections import Counter
from datetime import datetime

from feedback_stage import forwarded
from qa.queries import question_for, running_clocks
from qa.usecases.flag_clocks import flag_clocks
from qa_stage import LEADER
from sqlalchemy import text
from suite.testing import officer

LATE = "2026-11-25T02:00:00+00:00"


async def numbers(stage):
    """Give how often each fact's number was given."""
    async with stage.database.sessions() as session:
        rows = await session.execute(
            text("select envelope ->> 'subject', envelope ->> 'aggregateversion' from outbox")
        )
        return Counter(map(tuple, rows))


async def test_the_job_passes_over_what_a_deed_holds_and_takes_it_the_next_time(stage):
    asked = await stage.forwarded()
    now = datetime.fromisoformat(LATE)
    centre = officer("coordinator", agency="H42", scope="province", subject="centre")
    async with stage.database.sessions.begin() as deed:
        await question_for(deed, centre, asked["number"], held=True)
        assert await asyncio.wait_for(flag_clocks(stage.database, now), 5) == 0
        assert await running_clocks(deed, asked["number"])
    assert await flag_clocks(stage.database, now) == 1
    assert await flag_clocks(stage.database, now) == 0


async def test_a_release_at_the_due_minute_and_the_job_end_both_with_numbers_of_their_own(stage):
    drafted = [
        await stage.drafted(text=f"Tôi muốn hỏi về thủ tục hộ tịch của xã, câu thứ {n}.") for n in range(4)
    ]
    stage.at(LATE)
    versions = [(await stage.seen("centre", one["number"]))["version"] for one in drafted]
    deeds = [
        stage.tries("signer", one["number"], "release", **LEADER, version=version)
        for one, version in zip(drafted, versions, strict=True)
    ]
    jobs = [flag_clocks(stage.database, stage.app.state.now()) for _ in range(3)]
    done = await asyncio.gather(*deeds, *jobs)
    assert [answer.status_code for answer in done[:4]] == [201] * 4
    assert set((await numbers(stage)).values()) == {1}


async def test_two_clocks_of_one_feedback_that_pass_together_are_two_facts(stage):
    await forwarded(stage)
    stage.at(LATE)
    receipt = (await stage.send("asker", "GET", "/own-feedback")).json()["items"][0]
    place = f"/feedback/{receipt['number']}"
    sent = {"version": receipt["version"], "reason": "Không thuộc thẩm quyền."}
    assert (await stage.send("head", "POST", f"{place}/return", sent)).status_code == 201
    stage.at("2026-12-10T02:00:00+00:00")
    assert await flag_clocks(stage.database, stage.app.state.now()) == 2
    assert set((await numbers(stage)).values()) == {1}
