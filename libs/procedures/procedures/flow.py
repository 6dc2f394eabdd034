"""The internal process of a procedure: which steps apply, in which order, and whether they fit the limit."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from regulation.clock import Rule
from regulation.durations import Duration, Unit
from regulation.errors import RegulationError

from procedures.errors import ConditionUnreadableError, ProcessTooLongError
from procedures.parts import Limit, Step
from procedures.vocabulary import StepKind

Facts = Mapping[str, str | None]
_CONDITION = re.compile(r"^\s*(\w+)\s*(=|==|!=)\s*[\"']?([^\"'=]+?)[\"']?\s*$")


def holds(condition: str | None, facts: Facts) -> bool:
    """Tell whether a step's condition (`fact = value` or `fact != value`) is true; no condition is true.

    Raises:
        ConditionUnreadableError: the text is no such comparison.

    Source: QT Đ.9.1; R-PRC-01
    """
    if not condition:
        return True
    match = _CONDITION.match(condition)
    if match is None:
        raise ConditionUnreadableError(condition=condition)
    name, operator, value = match.groups()
    return (facts.get(name) == value) is (operator != "!=")


def readable(step: Step) -> bool:
    """Tell whether time and condition of a step are exact."""
    try:
        holds(step.condition, {})
        return bool(step.time)
    except RegulationError:
        return False


def applicable(steps: Sequence[Step], facts: Facts) -> tuple[Step, ...]:
    """Return the steps a dossier with these facts goes through, in order.

    Source: QT Đ.9.1; R-PRC-01
    """
    return tuple(step for step in steps if holds(step.condition, facts))


def following(steps: Sequence[Step], current: str, facts: Facts) -> Step | None:
    """Return the step after `current`, or None at the end; nothing in between is left out.

    Source: QT Đ.25.2; R-PRC-04
    """
    at = next(index for index, step in enumerate(steps) if step.id == current)
    rest = applicable(steps[at + 1 :], facts)
    return rest[0] if rest else None


def specialist_step(steps: Sequence[Step], current: str, facts: Facts) -> Step:
    """Return the last task before `current`: where a leader's remarks send the dossier.

    Source: BD Đ.8; R-PRC-03
    """
    before = []
    for step in applicable(steps, facts):
        if step.id == current:
            break
        before.append(step)
    tasks = [step for step in before if step.kind is StepKind.TASK]
    return tasks[-1] if tasks else steps[0]


def position(steps: Sequence[Step], current: str, facts: Facts) -> tuple[int, int]:
    """Return (number of the current step from 1, count of steps) as the citizen sees them."""
    plan = applicable(steps, facts)
    numbers = {step.id: number for number, step in enumerate(plan, start=1)}
    return numbers.get(current, len(plan)), len(plan)


def working_hours(amount: Duration, day_hours: Fraction) -> Fraction:
    """Return the working hours that a duration surely holds: a week has five working days, a month twenty."""
    a_unit = {
        Unit.WORKING_HOUR: Fraction(1),
        Unit.WORKING_DAY: day_hours,
        Unit.CLOCK_HOUR: day_hours / 24,
        Unit.DAY: day_hours * 5 / 7,
        Unit.MONTH: day_hours * 20,
        Unit.YEAR: day_hours * 240,
    }
    return amount.amount * a_unit[amount.unit]


def refuse_longer_than_limit(steps: Sequence[Step], limits: Sequence[Limit], day_hours: Fraction) -> None:
    """Check that the steps of every case and channel fit its limit; a same-day limit is one working day.

    Raises:
        ProcessTooLongError: the steps together take longer.
        UnreadableDurationError, ConditionUnreadableError: a step that cannot be read.

    Source: NB Đ.17.1.a; TN Đ.11.4.b; R-PRC-02
    """
    for limit in limits:
        allowed = _allowed(limit, day_hours)
        facts = {"case": limit.case, "channel": limit.channel, "outcome": "grant"}
        total = sum((working_hours(step.time, day_hours) for step in applicable(steps, facts)), Fraction(0))
        if allowed is not None and total > allowed:
            raise ProcessTooLongError(total=f"{float(total):g}", limit=f"{float(allowed):g}")


def _allowed(limit: Limit, day_hours: Fraction) -> Fraction | None:
    if limit.rule is Rule.SAME_DAY_15H:
        return day_hours
    return working_hours(limit.duration, day_hours) if limit.rule and limit.duration else None
