"""A table of agencies that is opened step by step: an agency, and those right below it."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol, TypeVar


class Placed(Protocol):
    """A row of an agency that may stand below another."""

    @property
    def parent(self) -> str | None:
        """The agency above it."""


R = TypeVar("R", bound=Placed)


class Step(NamedTuple):
    """A row on the table, and whether there are rows below it that are not."""

    row: Placed
    opens: bool


def step(rows: Sequence[R], chosen: str, code: Callable[[R], str]) -> list[Step]:
    """Return the row of the chosen agency and those right below it; without one the top of the tree."""
    known = {code(row) for row in rows}
    tops = {chosen} if chosen in known else {code(row) for row in rows if row.parent not in known}
    opened = {row.parent for row in rows}
    shown = [row for row in rows if code(row) in tops or row.parent in tops]
    return [Step(row, code(row) in opened and code(row) not in tops) for row in shown]
