"""Comparing two profiles key by key, and writing a value the way a reader expects it."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from regulation.profiles.model import Leaf, Profile


class Difference(NamedTuple):
    """One key in which two profiles differ, with both leaves."""

    key: str
    left: Leaf
    right: Leaf


def difference(left: Profile, right: Profile) -> tuple[Difference, ...]:
    """List the keys whose values differ, in the order of the schema."""
    return tuple(
        Difference(key, leaf, right.get(key))
        for key, leaf in left.leaves.items()
        if leaf.value != right.get(key).value
    )


def plain(value: object) -> object:
    """Turn a value into what JSON can hold: texts, numbers, lists and objects."""
    if isinstance(value, Mapping):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, Decimal):
        return float(value)
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def shown(value: object) -> str:
    """Write a value on one line for a table; an absent value is a dash."""
    if value is None or value == ():
        return "–"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {shown(part)}" for name, part in value.items())
    if isinstance(value, tuple):
        return ", ".join(shown(part) for part in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value} %" if isinstance(value, Decimal) else str(plain(value))
