"""Plain alternatives as an SQL condition: what a pure rule of visibility says, applied to a query's own columns."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, false, or_, true


class Test(Protocol):
    """One test on a named column: `is` is equality, `under` is a dotted code itself and every one below it."""

    @property
    def name(self) -> str:
        """The name of the column."""

    @property
    def how(self) -> str:
        """`is` or `under`."""

    @property
    def value(self) -> str | None:
        """What it is compared with."""


def matching(alternatives: Iterable[Iterable[Test]], **columns: Any) -> ColumnElement[bool]:
    """Return the condition that a row passes all tests of one alternative; a test without a column always passes.

    What all alternatives ask stands once and first, so that an index on it serves them together.
    """
    ways = [tuple(test for test in tests if test.name in columns) for tests in alternatives]
    shared = [test for test in ways[0] if all(test in way for way in ways)] if ways else []
    rest = [and_(true(), *(_held(test, columns) for test in way if test not in shared)) for way in ways]
    return and_(true(), *(_held(test, columns) for test in shared), or_(false(), *rest))


def _held(test: Test, columns: Mapping[str, ColumnElement[Any]]) -> ColumnElement[bool]:
    return columns[test.name] == test.value if test.how == "is" else under(columns[test.name], test.value)


def under(column: Any, code: str | None) -> ColumnElement[bool]:
    """Return the condition that a dotted code is this one or below it."""
    return or_(column == code, column.startswith(f"{code}.", autoescape=True))
