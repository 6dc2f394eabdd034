"""Published procedures at hand: a version never changes, so each process parses it once per database."""

from typing import Final
from weakref import WeakKeyDictionary

from procedures.published import Procedure

_AT: Final[WeakKeyDictionary[object, dict[tuple[str, int], Procedure]]] = WeakKeyDictionary()


def shelf_of(database: object) -> dict[tuple[str, int], Procedure]:
    """Return what was parsed of a database, by code and version, to look up and to add to; it goes with it."""
    return _AT.setdefault(database, {})
