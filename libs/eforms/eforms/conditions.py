"""Conditions of the logic table: an answer against a constant, another answer, today, an age or a span of days."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from eforms.dates import Span, age_between, days_between, span_of

Answers = Mapping[str, Any]
TODAY: Final = "today"
_ANSWERED: Final = {"answered": True, "not_answered": False}


@dataclass(frozen=True)
class Condition:
    """`<field> <operator> <value or other field>`; `age_at` and `days_after` measure a date before comparing.

    A partial date is an interval, and a comparison holds only when it holds for every day of it: what is not
    known blocks nobody.
    """

    field: str
    operator: str
    value: Any = None
    other: str = ""
    age_at: str = ""
    days_after: str = ""

    def holds(self, answers: Answers, today: date) -> bool:
        """Tell whether the answers fulfil it; an unanswered question fulfils no comparison."""
        given = answers.get(self.field)
        if self.operator in _ANSWERED:
            return (given is not None) is _ANSWERED[self.operator]
        wanted = _answer(answers, self.other, today) if self.other else self.value
        if self.age_at or self.days_after:
            given = self._measured(given, answers, today)
        if given is None or wanted is None:
            return False
        return COMPARISONS[self.operator](given, wanted)

    @property
    def fields(self) -> frozenset[str]:
        """Every question it looks at."""
        return frozenset((self.field, self.other, self.age_at, self.days_after)) - {"", TODAY}

    def _measured(self, given: Any, answers: Answers, today: date) -> Span[int] | None:
        measure, since = (age_between, self.age_at) if self.age_at else (days_between, self.days_after)
        one, other = span_of(given), span_of(_answer(answers, since, today))
        if one is None or other is None:
            return None
        return measure(one, other)


def _answer(answers: Answers, name: str, today: date) -> Any:
    return today.isoformat() if name == TODAY else answers.get(name)


def _equal(given: Any, wanted: Any) -> bool:
    if type(given) is type(wanted) and given == wanted:
        return True
    one, other = _spans(given, wanted)
    if one is not None and other is not None:
        return bool(one.first == one.last == other.first == other.last) or given == wanted
    return type(given) is type(wanted) and bool(given == wanted)


def _unequal(given: Any, wanted: Any) -> bool:
    one, other = _spans(given, wanted)
    if one is not None and other is not None:
        return _before(one, other) or _before(other, one)
    return not _equal(given, wanted)


def _less(given: Any, wanted: Any) -> bool:
    one, other = _spans(given, wanted)
    return one is not None and other is not None and _before(one, other)


def _before(one: Span[Any], other: Span[Any]) -> bool:
    return bool(one.last < other.first)


def _spans(given: Any, wanted: Any) -> tuple[Span[Any] | None, Span[Any] | None]:
    """Give both sides as intervals when they can be compared: numbers with numbers, dates with dates."""
    one, other = _span(given), _span(wanted)
    if one is None or other is None or isinstance(one.first, date) is not isinstance(other.first, date):
        return None, None
    return one, other


def _span(value: Any) -> Span[Any] | None:
    if isinstance(value, Span):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Span(value, value)
    return span_of(value)


COMPARISONS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "equals": _equal,
    "not_equals": _unequal,
    "in": lambda given, wanted: (
        isinstance(wanted, list | tuple) and any(_equal(given, one) for one in wanted)
    ),
    "less_than": _less,
    "greater_than": lambda given, wanted: _less(wanted, given),
    "before": _less,
    "after": lambda given, wanted: _less(wanted, given),
}
OPERATORS: Final = frozenset({*COMPARISONS, *_ANSWERED})
