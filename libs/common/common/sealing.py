"""Values that stand sealed in a database: a copy of it tells nothing of them, and equal ones are found by a mark."""

import base64
import hashlib
import hmac
import json
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Final, Generic, NoReturn, TypeVar, overload

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import ColumnElement, event, false, inspect, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import object_session

FIRST: Final = "k0"
FILE: Final = "sealing.keys"
ANNOUNCED: Final = 120
"""Seconds after which a new key seals: by then every process has read of it."""
_NONCE: Final = 12
_LOOK: Final = 5.0
_MARK: Final = 32
T = TypeVar("T")


class SealBrokenError(Exception):
    """A sealed value that no key here opens, or that stood in another place."""


class Ring:
    """The keys that seal values: the first is made from a secret, the others stand in a file, each with its hour.

    The youngest whose hour has come seals; every one opens. Marks have a key of their own, which stays.
    """

    def __init__(
        self,
        secret: bytes,
        file: Path | None = None,
        *,
        beside: bool = False,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Begin with the first key. With `beside` values stay in clear too, for a version that knows nothing else."""
        self._keys = {FIRST: (0.0, AESGCM(_made(secret, "columns")))}
        self._marking = _made(secret, "marks")
        self._file, self._now, self.beside = file, now, beside
        self._looked_at, self._stamp = float("-inf"), 0

    @property
    def active(self) -> str:
        """The id of the key that seals now."""
        self._look(_LOOK)
        now = self._now()
        return max((since, key) for key, (since, _) in self._keys.items() if since <= now)[1]

    def seal(self, value: str, place: str) -> str:
        """Seal a value for one place; elsewhere it does not open."""
        key, nonce = self.active, os.urandom(_NONCE)
        sealed = self._keys[key][1].encrypt(nonce, value.encode(), place.encode())
        return f"{key}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, place: str) -> str:
        """Give a sealed value back. Raises: SealBrokenError."""
        key, _, rest = sealed.partition(".")
        if key not in self._keys:
            self._look(0)
        try:
            raw = base64.urlsafe_b64decode(rest)
            return self._keys[key][1].decrypt(raw[:_NONCE], raw[_NONCE:], place.encode()).decode()
        except (InvalidTag, ValueError, KeyError) as error:
            raise SealBrokenError(place) from error

    def mark(self, value: str, place: str) -> str:
        """Give what stands for a value where equal ones are looked for."""
        return hmac.new(self._marking, f"{place}:{value}".encode(), hashlib.sha256).hexdigest()[:_MARK]

    def _look(self, age: float) -> None:
        """Read the file where it is another than the one read last."""
        moment = time.monotonic()
        if self._file is None or moment - self._looked_at < age:
            return
        self._looked_at = moment
        try:
            stamp = self._file.stat().st_mtime_ns
        except FileNotFoundError:
            return
        if stamp != self._stamp:
            told = json.loads(self._file.read_text("utf-8"))
            new = {
                key: (float(one["since"]), AESGCM(base64.b64decode(one["key"]))) for key, one in told.items()
            }
            self._keys, self._stamp = {FIRST: self._keys[FIRST], **new}, stamp


def add_key(file: Path, now: float) -> str:
    """Add a key to a file of keys, which begins to seal two minutes from now, and return its id."""
    told = json.loads(file.read_text("utf-8")) if file.exists() else {}
    key = f"k{max([0, *(int(one[1:]) for one in told)]) + 1}"
    told[key] = {"since": now + ANNOUNCED, "key": base64.b64encode(os.urandom(32)).decode()}
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(told, indent=1), "utf-8")
    if file.exists():  # whoever owned the old one reads the new one
        os.chown(draft, file.stat().st_uid, file.stat().st_gid)
    else:
        os.chown(draft, file.parent.stat().st_uid, file.parent.stat().st_gid)
    draft.replace(file)
    return key


def _made(secret: bytes, purpose: str) -> bytes:
    return hmac.new(secret, purpose.encode(), hashlib.sha256).digest()


def ring_of(session: Any) -> Ring | None:
    """Return the ring of a session's database; None where none was given: values are then written in clear."""
    database = session.info.get("database")
    return None if database is None else database.ring


class Plain(str):
    """A value on its way to be sealed."""

    __slots__ = ()


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
        self._owner, self._name = owner, name
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
        if isinstance(told, Plain):
            return self._read(told)
        if plain or told is None:  # in clear it is newer: a version that knows no seals wrote it
            return self.empty if plain is None else plain  # type: ignore[no-any-return]
        if row.ring is None:
            raise SealBrokenError(f"{row.__tablename__}.{self._name}")
        return self._read(row.ring.open(told, f"{row.sealed_for}.{self._name}"))

    def __set__(self, row: SealedRow, value: T) -> None:
        """Take a value, to be sealed when the row is written."""
        setattr(row, self.sealed, None if value in (None, self.empty) else Plain(self._write(value)))
        if value in (None, self.empty):
            setattr(row, self.plain, self.empty)
            for mark in self.marks:
                setattr(row, mark, None)

    def written(self, row: SealedRow, ring: Ring | None) -> dict[str, Any]:
        """Give what stands in the database for the value a row has now, by the names of its columns here."""
        value = self.__get__(row, type(row))
        if value in (None, self.empty):
            return {self.plain: self.empty, self.sealed: None, **dict.fromkeys(self.marks)}
        if ring is None:
            return {self.plain: value, self.sealed: None, **dict.fromkeys(self.marks)}
        text = self._write(value)
        marks = {mark: ring.mark(of(text), self._place(mark)) for mark, of in self.marks.items()}
        sealed = ring.seal(text, f"{row.sealed_for}.{self._name}")
        return {self.plain: value if ring.beside else self.empty, self.sealed: sealed, **marks}

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> NoReturn:
        """Refuse to be compared as a column: a condition on it would silently hold for nobody."""
        raise TypeError(f"{self._name} is sealed: ask `equals`")

    def equals(self, ring: Ring | None, value: str | None, mark: str = "") -> ColumnElement[bool]:
        """Give the condition that a row has a value, by its mark or, where it was not sealed yet, in clear."""
        if value is None:
            return false()
        plain: ColumnElement[bool] = getattr(self._owner, self.plain) == value
        if ring is None:
            return plain
        name = mark or next(iter(self.marks))
        marked: ColumnElement[bool] = getattr(self._owner, name) == ring.mark(value, self._place(name))
        nowhere: ColumnElement[bool] = getattr(self._owner, self.plain).is_(None)
        return plain | (nowhere & marked)

    def _place(self, mark: str) -> str:
        return f"{self._owner.__tablename__}.{mark}"


def sealed_values(kind: type[SealedRow]) -> list[Sealed[Any]]:
    """List the sealed values of a kind of row."""
    return [one for name in vars(kind) if isinstance(one := vars(kind)[name], Sealed)]


async def seal_again(session: AsyncSession, kind: type[Any], limit: int) -> int:
    """Seal a batch of rows whose values stand in clear or under an older key; return how many there were.

    Nobody edited them, so their versions stay.
    """
    ring, columns, values = ring_of(session), inspect(kind).columns, sealed_values(kind)
    if ring is None or ring.beside:
        return 0
    sealed = [columns[one.sealed] for one in values]
    clear = [columns[one.plain] for one in values]
    behind = or_(
        *(one.is_not(None) & ~one.startswith(f"{ring.active}.") for one in sealed),
        *(one.is_not(None) for one in clear),
    )
    rows = await session.scalars(select(kind).where(behind).limit(limit).with_for_update(skip_locked=True))
    count = 0
    for row in rows.all():
        told = {columns[name]: value for one in values for name, value in one.written(row, ring).items()}
        await session.execute(update(kind.__table__).where(kind.__table__.c.id == row.id).values(told))
        count += 1
    return count


def _seal(_mapper: object, _connection: object, row: Any) -> None:
    row.ring = ring = ring_of(object_session(row))
    for one in sealed_values(type(row)):
        if isinstance(getattr(row, one.sealed), Plain):
            for name, value in one.written(row, ring).items():
                setattr(row, name, value)


def _know(row: Any, context: Any) -> None:
    row.ring = ring_of(context.session)


for moment in ("before_insert", "before_update"):
    event.listen(SealedRow, moment, _seal, propagate=True)
event.listen(SealedRow, "load", _know, propagate=True)
