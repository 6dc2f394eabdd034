"""Counting for people: a figure says how many there are up to a cap, and then that there are more."""

from typing import Any, Final

from sqlalchemy import ColumnElement, ScalarSelect, func, literal, select

CAP: Final = 1_000
"""Where counting stops: nobody counts a longer list by eye, and a longer count would grow with the list."""


def bounded(condition: ColumnElement[bool], *order: Any, per: Any = None) -> ScalarSelect[int]:
    """Count the rows of a condition up to `CAP`; in the order of its index nothing else than the index is read.

    `per` are rows of the statement around that the condition asks about: there is a count for each of them.
    """
    here = order[0].class_  # a condition that never holds names no table
    some = select(literal(1)).select_from(here).where(condition).order_by(*order).limit(CAP).correlate(per)
    return select(func.count()).select_from(some.subquery()).scalar_subquery()
