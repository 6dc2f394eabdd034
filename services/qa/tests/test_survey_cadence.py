"""A province that asks regularly is reminded of the quarter's survey, and a quarter without one is flagged."""

from datetime import datetime

import pytest
from qa.domain.survey_cadence import cadence_of
from qa.models import SurveyDue
from qa.usecases.watch_cadence import watch_cadence
from regulation import profiles
from regulation.lateness.periods import Cycle
from sqlalchemy import select
from survey_stage import running

EARLY, SOON, AFTER = (f"{day}T02:00:00+00:00" for day in ("2026-11-16", "2026-12-02", "2027-01-01"))


async def watched(stage, moment):
    """Let the job run at a moment."""
    async with stage.database.sessions.begin() as session:
        await watch_cadence(session, Cycle.QUARTER, datetime.fromisoformat(moment))


@pytest.mark.parametrize("province", ["ninh-binh", "thai-nguyen", "binh-dinh", "quang-tri", "ha-nam"])
def test_r_sat_02_only_where_the_profile_says_regularly_a_survey_is_due_each_quarter(province):
    regular = province == "thai-nguyen"
    assert cadence_of(profiles.load(province)) is (Cycle.QUARTER if regular else None)


async def test_r_sat_02_the_editor_is_reminded_before_the_quarter_ends_and_told_after_each_once(stage):
    for moment in (EARLY, SOON, SOON, AFTER, AFTER):
        await watched(stage, moment)
    told = [(one["first"], one["overdue"], one["tell"]) for one in await stage.events("survey_is_due")]
    assert told == [("2026-10-01", False, ["centre"]), ("2026-10-01", True, ["centre"])]
    async with stage.database.sessions() as session:
        rows = (await session.scalars(select(SurveyDue).order_by(SurveyDue.first))).all()
    assert [(str(row.due_on), row.overdue_at is not None) for row in rows] == [
        ("2026-12-31", True),
        ("2027-03-31", False),
    ], "what was late stays late"


async def test_r_sat_02_a_published_survey_meets_what_is_owed_and_a_consultation_does_not(stage):
    await watched(stage, EARLY)
    await running(stage, kind="consultation")
    await watched(stage, SOON)
    assert len(await stage.events("survey_is_due")) == 1
    number = await running(stage)
    await watched(stage, AFTER)
    assert len(await stage.events("survey_is_due")) == 1
    async with stage.database.sessions() as session:
        assert (await session.scalar(select(SurveyDue.met_by).order_by(SurveyDue.first).limit(1))) == number


async def test_r_sat_02_a_survey_that_was_there_before_the_watch_began_counts(stage):
    number = await running(stage)
    await watched(stage, SOON)
    assert await stage.events("survey_is_due") == []
    async with stage.database.sessions() as session:
        assert [row.met_by for row in await session.scalars(select(SurveyDue))] == [number]
