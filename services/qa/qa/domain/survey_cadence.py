"""How often a province asks how satisfied people are, and when it must be reminded to."""

from datetime import date, datetime, timedelta
from typing import Final

from regulation.lateness.periods import Cycle, Period, period_of
from regulation.profiles import Profile
from regulation.zone import local_day

QUARTERLY: Final = "quarterly"
AHEAD: Final = timedelta(days=30)
"""So long before the quarter ends the editor is reminded: a survey needs its weeks."""


def cadence_of(profile: Profile) -> Cycle | None:
    """Return how often a survey is due, nothing where surveys are made on demand.

    Source: TN Đ.24.4; `satisfaction.survey_cadence`; R-SAT-02
    """
    return Cycle.QUARTER if profile.text("satisfaction.survey_cadence") == QUARTERLY else None


def due_period(cycle: Cycle, now: datetime) -> Period:
    """Return the period in which a survey is due now."""
    return period_of(local_day(now), cycle)


def remind_on(period: Period) -> date:
    """Return the local day on which the editor is reminded."""
    return period.last - AHEAD
