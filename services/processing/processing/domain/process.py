"""The internal process of a procedure: which steps apply, in which order, and how long they may take."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from regulation.durations import Duration, Unit

from processing.domain.errors import ConditionUnreadableError, ProcessTooLongError
from processing.domain.states import StepKind

Facts = Mapping[str, str | None]
CONDITION = re.compile(r"^\s*(\w+)\s*(=|==|!=)\s*[\"']?([^\"'=]+?)[\"']?\s*$")
SAME_DAY = "same_day_15h"


@dataclass(frozen=True)
class Step:
    """One step of the approved internal process (bước của quy trình nội bộ)."""

    id: str
    name: str
    name_en: str
    unit: str
    role: str
    hours: Duration
    kind: StepKind
    condition: str | None = None


@dataclass(frozen=True)
class Limit:
    """A published time limit of one case and channel (thời hạn công bố)."""

    case: str | None
    rule: str
    amount: Duration


def holds(condition: str | None, facts: Facts) -> bool:
    """Tell whether a step's condition (`fact = value` or `fact != value`) is true; no condition is true.

    Raises:
        ConditionUnreadableError: the text is no such comparison.

    Source: QT Đ.9.1; R-PRC-01
    """
    if not condition:
        return True
    match = CONDITION.match(condition)
    if match is None:
        raise ConditionUnreadableError(condition=condition)
    name, operator, value = match.groups()
    return (facts.get(name) == value) is (operator != "!=")


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
    """Check that the steps of every case fit its published limit; a same-day limit is one working day.

    Raises:
        ProcessTooLongError: the steps together take longer.

    Source: NB Đ.17.1.a; TN Đ.11.4.b; R-PRC-02
    """
    for limit in limits:
        allowed = day_hours if limit.rule == SAME_DAY else working_hours(limit.amount, day_hours)
        plan = applicable(steps, {"case": limit.case, "outcome": "grant"})
        total = sum((working_hours(step.hours, day_hours) for step in plan), Fraction(0))
        if total > allowed:
            raise ProcessTooLongError(
                field="steps", rule="R-PRC-02", total=float(total), limit=float(allowed)
            )
