"""The clocks of a question or of feedback: those that run, and those that ended, which are folded."""

from collections.abc import Sequence

from answers.qa import ClockOut

from portal.api.visit import Visit
from portal.domain.deadlines import Deadline, deadline

Shown = list[tuple[ClockOut, Deadline]]


def clocks_of(visit: Visit, clocks: Sequence[ClockOut]) -> tuple[Shown, Shown]:
    """Give what runs with the working time that is left, and what has ended."""
    told = [(clock, deadline(clock.left_minutes, clock.urgency or "", visit.say)) for clock in clocks]
    running = [one for one in told if one[0].ended_at is None]
    return running, [one for one in told if one[0].ended_at is not None]
