"""The internal process of a procedure: its steps must fit into the published time limit."""

from collections.abc import Iterable
from fractions import Fraction

from regulation.durations import Duration, Unit, UnreadableDurationError

from catalog.domain.content import Limit, Process, Step
from catalog.domain.errors import ProcessTooLongError

HOURS_A_DAY = Fraction(8)
# Working hours that a limit surely holds: a calendar week has five working days, a month at least twenty.
_HOURS = {
    Unit.WORKING_HOUR: Fraction(1),
    Unit.WORKING_DAY: HOURS_A_DAY,
    Unit.CLOCK_HOUR: HOURS_A_DAY / 24,
    Unit.DAY: HOURS_A_DAY * 5 / 7,
    Unit.MONTH: HOURS_A_DAY * 20,
    Unit.YEAR: HOURS_A_DAY * 240,
}


def working_hours(duration: Duration) -> Fraction:
    """Return the working hours a duration holds, exact, with 8 to the working day."""
    return duration.amount * _HOURS[duration.unit]


def total_hours(steps: Iterable[Step]) -> Fraction:
    """Return the working hours of all steps. Raises: UnreadableDurationError."""
    return sum((working_hours(Duration.parse(step.hours)) for step in steps), Fraction(0))


def check_process(process: Process, limits: Iterable[Limit]) -> None:
    """Refuse a process that takes longer than the shortest published limit. Raises: ProcessTooLongError.

    Source: NB Đ.17.1.a; TN Đ.11.4.b; R-PRC-02
    """
    published = [working_hours(Duration.parse(limit.amount)) for limit in limits if limit.amount]
    total = total_hours(process.steps)
    if published and total > min(published):
        raise ProcessTooLongError(
            field="process.steps", rule="process-too-long", total=_shown(total), limit=_shown(min(published))
        )


def readable(step: Step) -> bool:
    """Tell whether the time of a step is an exact duration."""
    try:
        Duration.parse(step.hours)
    except UnreadableDurationError:
        return False
    return True


def _shown(hours: Fraction) -> str:
    return f"{float(hours):g}"
