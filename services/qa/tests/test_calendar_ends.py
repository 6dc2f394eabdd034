"""A calendar that changed or came to its end: what was told stays as it was told, and nothing breaks."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from feedback_stage import REPLY, WORDS, does, forwarded, seen
from qa.models import Clock
from qa_stage import AGENCY, OTHER
from regulation.calendar import DayOff
from regulation.zone import local
from sqlalchemy import select, update

LAST_DAYS = "2027-12-30T02:00:00+00:00"
AFTER = "2028-01-03T02:00:00+00:00"


def changes_calendar(stage, **changes):
    """Let the service go on with another calendar."""
    built = stage.app.state.built
    rules = replace(built.rules, calendar=replace(built.rules.calendar, **changes))
    stage.app.state.built = replace(built, rules=rules)


def closed_day(stage):
    """Let the day after the question be one on which nobody works."""
    calendar = stage.app.state.built.rules.calendar
    off = (*calendar.off, DayOff(date(2026, 11, 17), "Nghỉ bù", "Compensation"))
    changes_calendar(stage, off=off, label="vn-1.2")


def answer_of(shown):
    """Return the clock of the answer."""
    return next(one for one in shown["clocks"] if one["kind"] == "answer")


async def test_the_rows_of_a_clock_end_where_it_is_due_whatever_became_of_the_calendar(stage):
    asked = await stage.forwarded()
    before = answer_of(await stage.seen("centre", asked["number"]))
    closed_day(stage)
    after = answer_of(await stage.seen("centre", asked["number"]))
    assert (after["sentence"], after["rows"], after["due_at"]) == (
        before["sentence"],
        before["rows"],
        before["due_at"],
    )
    due = local(datetime.fromisoformat(after["due_at"]))
    assert after["rows"][-1]["end"] == f"{due:%d/%m/%Y %H:%M}"
    fresh = await stage.forwarded(text="Tôi muốn hỏi về việc thay đổi họ tên cho con khi cha mẹ đã ly hôn.")
    told = answer_of(await stage.seen("centre", fresh["number"]))
    assert told["due_at"] > after["due_at"]
    assert "Nghỉ bù" in str(told["rows"])


async def test_a_clock_that_was_kept_without_its_rows_shows_none_that_another_calendar_would_give(stage):
    asked = await stage.forwarded()
    async with stage.database.sessions.begin() as session:
        for clock in await session.scalars(select(Clock)):
            bare = {name: said for name, said in clock.ledger.items() if name != "intervals"}
            await session.execute(update(Clock).where(Clock.id == clock.id).values(ledger=bare))
    assert answer_of(await stage.seen("centre", asked["number"]))["rows"]
    closed_day(stage)
    assert answer_of(await stage.seen("centre", asked["number"]))["rows"] == []


async def test_what_ended_or_runs_on_is_shown_on_days_the_calendar_does_not_know(stage):
    answered, waiting = (
        await stage.answered(),
        await stage.asked(text="Tôi muốn hỏi về hỗ trợ của tỉnh năm nay."),
    )
    stage.at(AFTER)
    done = answer_of(await stage.seen("centre", answered["number"]))
    assert (done["left_minutes"], done["urgency"], done["outcome"]) == (None, None, "done")
    [clock] = (await stage.seen("centre", waiting["number"]))["clocks"]
    assert (clock["left_minutes"], clock["overdue"]) == (None, True)
    assert (await stage.send("centre", "GET", "/questions")).json()["total"] == 1
    followed = await stage.send("nobody", "POST", "/follow-ups", {"key": waiting["key"]})
    assert followed.json()["clock"]["overdue"] is True


@pytest.mark.parametrize("moment", [LAST_DAYS, AFTER])
async def test_a_time_limit_that_no_calendar_can_give_is_refused_in_words(stage, moment):
    asked = await stage.asked()
    stage.at(moment)
    sent = {"agency": AGENCY, "topic": "legal_rules"}
    refused = await stage.tries("centre", asked["number"], "triage", **sent)
    assert (refused.status_code, refused.json()["code"]) == (409, "calendar-ended")
    filed = await stage.send("asker", "POST", "/feedback", WORDS)
    assert filed.json().get("code", "calendar-ended") == "calendar-ended"
    assert filed.status_code in (201, 409)


async def test_feedback_goes_on_to_its_reply_after_the_calendar_has_ended(desk):
    receipt = await forwarded(desk)
    desk.at(AFTER)
    note = "Thuộc thẩm quyền của Sở Xây dựng."
    await does(desk, "centre", receipt["number"], "triage", agency=OTHER, category="conduct", note=note)
    await does(desk, "centre", receipt["number"], "triage", agency=AGENCY, category="conduct", note=note)
    after = await does(desk, "head", receipt["number"], "reply", text=REPLY)
    assert after["state"] == "replied"
    assert all(one["ended_at"] for one in (await seen(desk, "centre", receipt["number"]))["clocks"])
