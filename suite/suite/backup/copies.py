"""The places copies are kept in: each a store of its own, each able to bring the province back alone."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import obstore
from common.files import object_store
from obstore.store import ObjectStore

from suite.backup.sealing import BLOCK, Sink

GIVEN_UP: Final = 3600.0
"""Seconds without a byte after which whoever wrote is taken for gone."""
# What a store says when it is away, full or refuses: the object is tried again later.
STORE_ERRORS = (OSError, obstore.exceptions.BaseError)


class NoCopyError(Exception):
    """Not one copy could be written; the message says what each said."""


class MissingError(Exception):
    """No copy holds what was asked for."""


@dataclass(frozen=True)
class Copy:
    """One place that copies are kept in, an address as files have them."""

    url: str

    @cached_property
    def store(self) -> ObjectStore:
        """Return the store behind the address."""
        return object_store(self.url)

    @property
    def folder(self) -> Path | None:
        """Return the folder where it is one of this machine."""
        parts = urlsplit(self.url)
        return Path(unquote(parts.path)) if parts.scheme == "file" else None

    @property
    def shown(self) -> str:
        """Return the address without the password in it."""
        parts = urlsplit(self.url)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()

    def sizes(self, prefix: str) -> dict[str, int]:
        """Return the names below a prefix, each with its size."""
        return {one["path"]: one["size"] for page in obstore.list(self.store, prefix) for one in page}

    def get(self, name: str) -> bytes:
        """Return a small object. Raises: FileNotFoundError."""
        return bytes(obstore.get(self.store, name).bytes())

    def put(self, name: str, data: bytes) -> None:
        """Store a small object whole or not at all."""
        obstore.put(self.store, name, data)

    def read(self, name: str) -> "Reading":
        """Open an object to be read from its beginning. Raises: FileNotFoundError."""
        return Reading(obstore.open_reader(self.store, name))

    @contextmanager
    def writing(self, name: str) -> Iterator[Sink]:
        """Give a sink for a large object; where writing fails, nothing stays."""
        try:
            with obstore.open_writer(self.store, name) as sink:
                yield sink
        except BaseException:
            with suppress(*STORE_ERRORS):
                self.delete([name])
            raise

    def take_over(self, name: str, giver: "Copy") -> None:
        """Store what another place holds under the same name."""
        source = giver.read(name)
        with self.writing(name) as sink:
            while block := source.read(BLOCK):
                sink.write(block)

    def delete(self, names: Sequence[str]) -> None:
        """Delete objects; those that are gone already are no trouble."""
        for name in names:
            try:
                obstore.delete(self.store, name)
            except FileNotFoundError:
                continue

    def sweep(self) -> None:
        """Remove what a writer that was killed left behind in a folder of this machine; one at work writes on."""
        for left in self.folder.rglob("*#*") if self.folder else ():
            with suppress(FileNotFoundError):
                if time.time() - left.stat().st_mtime > GIVEN_UP:
                    left.unlink()


class Reading:
    """An object being read."""

    def __init__(self, file: "obstore.ReadableFile") -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes, none at the end."""
        return bytes(self._file.read(size if size > 0 else None))


@dataclass
class Copies:
    """All places together; `troubles` remembers what the last attempt on each said, nothing where it went well."""

    all: Sequence[Copy]
    troubles: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, data: bytes) -> None:
        """Store a small object in every place that takes it. Raises: NoCopyError."""
        self.each(lambda copy: copy.put(name, data))

    def each(self, work: Callable[[Copy], None]) -> list[Copy]:
        """Do something at every place, and return those where it went well. Raises: NoCopyError."""
        good = []
        for copy in self.all:
            try:
                work(copy)
            except STORE_ERRORS as error:
                self.troubles[copy.shown] = _said(error)
            else:
                self.troubles.pop(copy.shown, None)
                good.append(copy)
        if not good:
            raise NoCopyError("; ".join(f"{name}: {said}" for name, said in self.troubles.items()))
        return good

    def sizes(self, prefix: str) -> dict[str, int]:
        """Return what at least one place holds below a prefix."""
        found: dict[str, int] = {}
        self.each(lambda copy: found.update(copy.sizes(prefix)))
        return found

    def get(self, name: str) -> bytes:
        """Return a small object from the first place that has it. Raises: MissingError."""
        for copy in self.all:
            try:
                return copy.get(name)
            except STORE_ERRORS:
                continue
        raise MissingError(name)

    def mirror(self, prefix: str = "") -> int:
        """Give every place what only others have, sealed as it is; returns how many objects were given."""
        held: dict[str, dict[str, int]] = {}
        here = self.each(lambda copy: held.update({copy.url: copy.sizes(prefix)}))
        given = 0
        for copy in here:
            others = {name for names in held.values() for name in names if ".partial" not in name}
            for name in sorted(others - set(held[copy.url]), key=_records_last):
                giver = next(one for one in here if name in held[one.url])
                try:
                    copy.take_over(name, giver)
                except STORE_ERRORS as error:
                    self.troubles[copy.shown] = _said(error)
                    break
                given += 1
        return given


def _records_last(name: str) -> tuple[bool, str]:
    """Order names so that a backup's record comes after all that it speaks of."""
    return name.endswith("backup.json"), name


def _said(error: BaseException) -> str:
    """Return the first line of what a store said; it names a place and never what is kept there."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
