"""The places copies are kept in: each a store of its own, each able to bring the province back alone."""

import os
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import obstore
from common.files import lasting, object_store
from obstore.store import ObjectStore

from suite.backup.sealing import BLOCK, Sink

GIVEN_UP: Final = 3600.0
"""Seconds without a byte after which whoever wrote is taken for gone."""
PRIVATE: Final = 0o600
"""Rights of what lies in a folder of this machine, whoever wrote it and under whatever mask."""
PARTS: Final = ("log", "files", "backups")
"""What a copy consists of, in the order in which a place that was away is made good."""
# What a store says when it is away, full or refuses: the object is tried again later.
STORE_ERRORS = (OSError, obstore.exceptions.BaseError)


class NoCopyError(Exception):
    """Not one copy could be written; the message says what each said."""


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
        return {one["path"]: one["size"] for one in self._listed(prefix)}

    def changed(self, prefix: str) -> dict[str, datetime]:
        """Return the names below a prefix, each with the moment it was put."""
        return {one["path"]: one["last_modified"] for one in self._listed(prefix)}

    def _listed(self, prefix: str) -> Iterator["obstore.ObjectMeta"]:
        """List what is whole; what somebody writes at this moment has a `#` in its name."""
        for page in obstore.list(self.store, prefix):
            yield from (one for one in page if "#" not in one["path"])

    def get(self, name: str) -> bytes:
        """Return a small object. Raises: FileNotFoundError."""
        return bytes(obstore.get(self.store, name).bytes())

    def put(self, name: str, data: bytes) -> None:
        """Store a small object whole or not at all; when this returns it is there after a power cut."""
        if self.folder is None:
            obstore.put(self.store, name, data)
            return
        with lasting(self.folder, name) as file:
            os.fchmod(file.fileno(), PRIVATE)
            file.write(data)

    def read(self, name: str) -> "Reading":
        """Open an object to be read from its beginning. Raises: FileNotFoundError."""
        return Reading(obstore.open_reader(self.store, name))

    @contextmanager
    def writing(self, name: str) -> Iterator[Sink]:
        """Give a sink for a large object; where writing fails, nothing stays, and else it is there for good."""
        if self.folder is not None:
            with lasting(self.folder, name) as file:
                os.fchmod(file.fileno(), PRIVATE)
                yield file
            return
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
    """All places together, and how writing to them went; reading tells nothing about that.

    `troubles` remembers what the last attempt to write to each said, nothing where it went well. `behind` are those
    that missed something and were not made good since: a place that takes again still lacks what it did not take.
    """

    all: Sequence[Copy]
    troubles: dict[str, str] = field(default_factory=dict)
    behind: set[str] = field(default_factory=set)

    def put(self, name: str, data: bytes, needs: Collection[str] = ()) -> list[Copy]:
        """Store a small object in every place that takes it and holds what it `needs`; return those.

        Raises:
            NoCopyError: not one did.
        """

        def work(copy: Copy) -> None:
            if lacks := set(needs) - set(copy.sizes(_folder(name)) if needs else ()):
                raise FileNotFoundError(f"{len(lacks)} objects are missing that {name} speaks of")
            copy.put(name, data)

        good, said = _tried(self.all, work)
        for copy in good:
            self.troubles.pop(copy.shown, None)
        self.missed(said)
        return _some(good, said)

    def missed(self, said: Mapping[str, str]) -> None:
        """Remember which places did not take something, and what each said."""
        self.troubles.update(said)
        self.behind.update(said)

    def each(self, work: Callable[[Copy], None]) -> list[Copy]:
        """Ask every place something, and return those that answered. Raises: NoCopyError."""
        return _some(*_tried(self.all, work))

    def sizes(self, prefix: str) -> dict[str, int]:
        """Return what at least one place holds below a prefix."""
        found: dict[str, int] = {}
        self.each(lambda copy: found.update(copy.sizes(prefix)))
        return found

    def mirror(self, prefix: str) -> int:
        """Give every place what only others have, sealed as it is; returns how many objects were given."""
        held, said = self._held(prefix)
        self.missed(said)
        given, wanted = 0, set().union(*held.values())
        here = [copy for copy in self.all if copy.shown in held]
        for copy in here:
            for name in sorted(wanted - held[copy.shown], key=records_last):
                giver = next(one for one in here if name in held[one.shown])
                try:
                    copy.take_over(name, giver)
                except STORE_ERRORS as error:
                    self.missed({copy.shown: said_by(error)})
                    break
                given += 1
        return given

    def make_good(self) -> dict[str, int]:
        """Give every place what it lacks, what is small first, and return how much each lacks still."""
        for prefix in PARTS:
            self.mirror(prefix)
        return self.look()

    def look(self) -> dict[str, int]:
        """Look which places lack how many objects that others hold; one that does not answer lacks all."""
        held, _ = self._held("")
        wanted = set().union(*held.values())
        lacks = {copy.shown: len(wanted - held.get(copy.shown, set())) for copy in self.all}
        self.behind = {name for name, count in lacks.items() if count or name not in held}
        return {name: lacks[name] for name in self.behind}

    def _held(self, prefix: str) -> tuple[dict[str, set[str]], dict[str, str]]:
        """Return the names each place holds for good, and what those said that did not answer. Raises: NoCopyError."""
        held: dict[str, set[str]] = {}

        def work(copy: Copy) -> None:
            names = (name for part in ([prefix] if prefix else PARTS) for name in copy.sizes(part))
            held[copy.shown] = {name for name in names if ".partial" not in name}

        good, said = _tried(self.all, work)
        _some(good, said)
        return held, said


def _tried(places: Sequence[Copy], work: Callable[[Copy], None]) -> tuple[list[Copy], dict[str, str]]:
    """Do something at every place; return those where it went well, and what the others said."""
    good, said = [], {}
    for copy in places:
        try:
            work(copy)
        except STORE_ERRORS as error:
            said[copy.shown] = said_by(error)
        else:
            good.append(copy)
    return good, said


def _some(good: list[Copy], said: Mapping[str, str]) -> list[Copy]:
    if not good:
        raise NoCopyError("; ".join(f"{name}: {words}" for name, words in said.items()))
    return good


def _folder(name: str) -> str:
    return name.partition("/")[0]


def records_last(name: str) -> tuple[bool, str]:
    """Order names so that a backup's record comes after all that it speaks of."""
    return name.endswith("backup.json"), name


def said_by(error: BaseException) -> str:
    """Return the first line of what a store said; it names a place and never what is kept there."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
