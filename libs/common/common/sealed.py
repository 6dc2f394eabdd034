"""Rows with values that stand sealed: sealed when they are written, opened when they are asked for."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, ClassVar, Final, Generic, NoReturn, Self, TypeVar, overload

from sqlalchemy import ColumnElement, event, false, inspect
from sqlalchemy.orm import object_session

from common.sealing import Ring, SealBrokenError, ring_of

_NUL: Final = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
T = TypeVar("T")
_VALUES: Final[dict[Any, tuple["Sealed[Any]", ...]]] = {}


class UnwritableTextError(ValueError):
    """A text with a NUL: in clear the database would refuse it, and so nothing sealed has one either."""


class Told(str):
    """A sealed value and the value itself, as it was written in this session: nothing is opened again."""

    value: Any

    @classmethod
    def of(cls, value: Any, text: str) -> Self:
        """Return a value with its text."""
        told = cls(text)
        told.value = value
        return told


class Plain(Told):
    """A value on its way to be sealed, and its text."""


class SealedRow:
    """A row with sealed values; each is sealed for this row and column only."""

    ring: ClassVar[Ring | None] = None
    __tablename__: str

    @property
    def sealed_for(self) -> str:
        """The row a value is sealed for."""
        return f"{self.__tablename__}.{getattr(self, 'id')}"  # noqa: B009 - a column of the row's own kind


class Sealed(Generic[T]):
    """A value of a row that stands sealed in `<name>_sealed`, with its marks beside it.

    The column `plain_<name>` holds it in clear where it was written before there were seals, until it is sealed.
    """

    def __init__(
        self,
        read: Callable[[str], T],
        write: Callable[[T], str] = str,
        *,
        empty: Any = None,
        marks: Mapping[str, Callable[[str], str]] | None = None,
    ) -> None:
        self._read, self._write, self.empty = read, write, empty
        self.marks = marks or {}

    def __set_name__(self, owner: type[Any], name: str) -> None:
        """Learn where the value stands."""
        self._owner, self.name = owner, name
        self.plain, self.sealed = f"plain_{name}", f"{name}_sealed"

    @overload
    def __get__(self, row: None, owner: type[Any]) -> "Sealed[T]": ...
    @overload
    def __get__(self, row: SealedRow, owner: type[Any]) -> T: ...
    def __get__(self, row: SealedRow | None, owner: type[Any]) -> "Sealed[T] | T":
        """Give the value, opened; of the class, the column itself."""
        if row is None:
            return self
        told, plain = getattr(row, self.sealed), getattr(row, self.plain)
        if isinstance(told, Told):
            return told.value  # type: ignore[no-any-return]
        return self.opened(plain, told, row.sealed_for, row.ring)

    def opened(self, plain: Any, sealed: str | None, row: str, ring: Ring | None) -> T:
        """Give the value that stands in two columns of a row, `table.key`. Raises: SealBrokenError."""
        if sealed is None or plain not in (
            None,
            self.empty,
        ):  # in clear it is newer: an older version wrote it
            return self.empty if plain is None else plain  # type: ignore[no-any-return]
        if ring is None:
            raise SealBrokenError(f"{row}.{self.name}")
        return self._read(ring.open(sealed, f"{row}.{self.name}"))

    def __set__(self, row: SealedRow, value: T) -> None:
        """Take a value, to be sealed when the row is written."""
        setattr(
            row, self.sealed, None if value in (None, self.empty) else Plain.of(value, self._write(value))
        )
        if value in (None, self.empty):
            setattr(row, self.plain, self.empty)
            for mark in self.marks:
                setattr(row, mark, None)

    def written(self, row: SealedRow, ring: Ring | None) -> dict[str, Any]:
        """Give what stands in the database for the value a row has now, by the names of its columns here."""
        return self.kept(self.__get__(row, type(row)), row.sealed_for, ring)

    def kept(self, value: Any, row: str, ring: Ring | None) -> dict[str, Any]:
        """Give what stands in the database for a value of a row, `table.key`, by the names of its columns here."""
        if value in (None, self.empty):
            return {self.plain: self.empty, self.sealed: None, **dict.fromkeys(self.marks)}
        if ring is None:
            return {self.plain: value, self.sealed: None, **dict.fromkeys(self.marks)}
        text = self._write(value)
        # The escape is looked for first: the pattern alone takes a hundred times as long.
        if "\0" in text or (r"\u0000" in text and not isinstance(value, str) and _NUL.search(text)):
            raise UnwritableTextError
        marks = {mark: ring.mark(of(text), self._place(mark)) for mark, of in self.marks.items()}
        sealed = ring.seal(text, f"{row}.{self.name}")
        return {self.plain: value if ring.beside else self.empty, self.sealed: sealed, **marks}

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> NoReturn:
        """Refuse to be compared as a column: a condition on it would silently hold for nobody."""
        raise TypeError(f"{self.name} is sealed: ask `equals`")

    def equals(self, ring: Ring | None, value: str | None, mark: str = "") -> ColumnElement[bool]:
        """Give the condition that a row has a value, by its mark or, where it was not sealed yet, in clear."""
        if value is None:
            return false()
        plain: ColumnElement[bool] = getattr(self._owner, self.plain) == value
        if ring is None:
            return plain
        name = mark or next(iter(self.marks))
        marked: ColumnElement[bool] = getattr(self._owner, name) == self.mark_of(ring, value, name)
        nowhere: ColumnElement[bool] = getattr(self._owner, self.plain).is_(None)
        return plain | (nowhere & marked)

    def mark_of(self, ring: Ring | None, value: str | None, mark: str = "") -> str | None:
        """Give the mark by which a value is looked for; none where nothing is sealed."""
        name = mark or next(iter(self.marks))
        return None if ring is None or value is None else ring.mark(value, self._place(name))

    def _place(self, mark: str) -> str:
        return f"{self._owner.__tablename__}.{mark}"


def sealed_values(kind: Any) -> tuple[Sealed[Any], ...]:
    """List the sealed values of a kind of row."""
    if kind not in _VALUES:
        _VALUES[kind] = tuple(one for one in vars(kind).values() if isinstance(one, Sealed))
    return _VALUES[kind]


def sealed_columns(kind: Any, told: Mapping[str, Any], row: str, ring: Ring | None) -> dict[str, Any]:
    """Return values by the names of a table's columns; those that stand sealed are sealed for a row, `table.key`."""
    names, found = _names(kind), dict(told)
    for one in sealed_values(kind):
        if one.name in found:
            kept = one.kept(found.pop(one.name), row, ring)
            found |= {names[name]: value for name, value in kept.items()}
    return found


@cache
def _names(kind: Any) -> dict[str, str]:
    return {name: str(one.name) for name, one in inspect(kind).columns.items()}


def _seal(_mapper: object, _connection: object, row: Any) -> None:
    row.ring = ring = ring_of(object_session(row))
    for one in sealed_values(type(row)):
        if isinstance(plain := getattr(row, one.sealed), Plain):
            written = one.written(row, ring)
            if written[one.sealed] is not None:
                written[one.sealed] = Told.of(plain.value, written[one.sealed])
            for name, value in written.items():
                setattr(row, name, value)


def _know(row: Any, context: Any) -> None:
    row.ring = ring_of(context.session)


for moment in ("before_insert", "before_update"):
    event.listen(SealedRow, moment, _seal, propagate=True)
event.listen(SealedRow, "load", _know, propagate=True)
