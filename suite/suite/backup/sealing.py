"""What leaves for a copy is squeezed and sealed as `gzip` and `age` do: whoever holds the key needs no suite."""

import hashlib
import hmac
import io
import os
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

import pyrage
from common.files import lasting

from suite.deploy.backup_key import new_key

GZIP = 31  # the window bits with which zlib writes and reads what gzip does
BLOCK = 1 << 20
RECIPIENTS = "recipients.json"
"""Beside the parts of a copy: the public keys of those who can open it."""
SMALL: Final = 256 * 1024**2
"""Bytes to which something may unpack whose size nobody declared; more is no accident."""
# A mark stands behind what is kept, as the comment of one more, empty part: `gunzip` gives the same bytes.
_COMMENT: Final = b"\x1f\x8b\x08\x10" + bytes(4) + b"\x00\xff"
_NOTHING: Final = b"\x00\x03\x00" + bytes(8)
_LONGEST: Final = 1024
"""Bytes of such a comment at most."""


class DamagedError(Exception):
    """What was read is not what was written, or the key is not the one it was sealed for."""


class KeyLostError(Exception):
    """The key that opens the copies is not where it should be; none is made, for it would open none of them."""


class Source(Protocol):
    """Something that is read to its end."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes, none at the end."""


class Sink(Protocol):
    """Something that takes bytes in order."""

    def write(self, data: bytes, /) -> int | None:
        """Take all of them."""


class Nowhere:
    """A sink for what is opened only to be told of."""

    def write(self, data: bytes, /) -> int:
        """Forget the bytes."""
        return len(data)


class Sealed(NamedTuple):
    """What was sealed: how many bytes it was before, their hash, and the mark that stands behind them."""

    size: int
    sha256: str
    mark: str = ""


class Locks(NamedTuple):
    """Whom copies are sealed for, and the key that opens them here; the key lies apart from every copy."""

    recipients: Sequence[str]
    key: Path | None = None

    @property
    def own(self) -> str:
        """Return the public half of the key that is had here."""
        return str(self._identity().to_public())

    def seal(self, source: Source, sink: Sink, name: str = "") -> Sealed:
        """Read `source` to its end into `sink`, squeezed and sealed; with a name, marked as ours under it."""
        squeezed = _Squeezing(source, lambda sha256: self.mark(_named(name, sha256)) if name else "")
        pyrage.encrypt_io(squeezed, _Flushed(sink), self._recipients())
        return Sealed(squeezed.size, squeezed.digest.hexdigest())

    def sealed(self, data: bytes, name: str = "") -> bytes:
        """Return something small, squeezed and sealed; with a name, marked as ours under it."""
        sink = io.BytesIO()
        self.seal(io.BytesIO(data), sink, name)
        return sink.getvalue()

    def open(self, source: Source, sink: Sink, most: int = SMALL) -> Sealed:
        """Write what was sealed to `sink`, at most so many bytes, and tell its size, hash and mark.

        Raises:
            DamagedError: a byte is another, the end is missing, it was sealed for another key, or unpacks to more.
        """
        plain = _Unsqueezing(sink, most)
        try:
            pyrage.decrypt_io(source, plain, [self._identity()])
        except (pyrage.DecryptError, zlib.error, OSError) as error:
            raise DamagedError(str(error)) from error
        if not plain.ended:
            raise DamagedError("the end is missing")
        return Sealed(plain.size, plain.digest.hexdigest(), plain.mark)

    def read(self, source: Source, most: int = SMALL) -> tuple[bytes, Sealed]:
        """Return what something small was before it was sealed, and what is told of it. Raises: DamagedError."""
        sink = io.BytesIO()
        told = self.open(source, sink, most)
        return sink.getvalue(), told

    def opened(self, data: bytes) -> bytes:
        """Return what something small was before it was sealed. Raises: DamagedError."""
        return self.read(io.BytesIO(data))[0]

    def is_ours(self, name: str, told: Sealed) -> bool | None:
        """Tell whether what was opened is marked as ours under its name; nothing where it bears no mark of ours."""
        return self.judged(_named(name, told.sha256), told.mark)

    def mark(self, words: bytes) -> str:
        """Return what only who has the key here can say of some words; sealing needs no more than its public half."""
        return f"{self.own} {self._said_of(words)}"

    def judged(self, words: bytes, mark: str) -> bool | None:
        """Tell whether a mark is ours; nothing where there is none, or it is of somebody else who has a key."""
        maker, _, said = mark.partition(" ")
        if not said or maker != self.own:
            return None
        return hmac.compare_digest(said, self._said_of(words))

    def _said_of(self, words: bytes) -> str:
        key = hashlib.sha256(b"motcua copies " + str(self._identity()).encode()).digest()
        return hmac.new(key, words, hashlib.sha256).hexdigest()

    def _recipients(self) -> list[object]:
        return [pyrage.x25519.Recipient.from_str(one) for one in self.recipients]

    def _identity(self) -> Any:
        if self.key is None or not self.key.exists():
            raise DamagedError(f"there is no key at {self.key}")
        lines = self.key.read_text("utf-8").splitlines()
        return pyrage.x25519.Identity.from_str(next(line for line in lines if line.startswith("AGE-")))


def _named(name: str, sha256: str) -> bytes:
    return f"motcua object {name} {sha256}".encode()


def locks(key: Path, others: Sequence[str] = ()) -> Locks:
    """Return locks for the key at this place, made when missing, and for the public keys of those who may open too."""
    if not key.exists():
        key.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with lasting(key.parent, key.name) as file:  # what is sealed for it must not outlive it
            os.fchmod(file.fileno(), 0o600)
            file.write(new_key().encode())
    return Locks((Locks((), key).own, *others), key)


class _Squeezing:
    """Reads a source squeezed, counting and hashing what it was; behind its end stands what is said of its hash."""

    def __init__(self, source: Source, said: Callable[[str], str]) -> None:
        self.size, self.digest, self._source, self._said = 0, hashlib.sha256(), source, said
        self._press, self._ready, self._ended = zlib.compressobj(1, zlib.DEFLATED, GZIP), bytearray(), False

    def read(self, size: int = BLOCK) -> bytes:
        """Return up to `size` squeezed bytes."""
        while len(self._ready) < size and not self._ended:
            block = self._source.read(BLOCK)
            self._ended = not block
            self.size += len(block)
            self.digest.update(block)
            self._ready += self._press.compress(block) if block else self._press.flush() + self._behind()
        given = bytes(self._ready[:size])
        del self._ready[:size]
        return given

    def _behind(self) -> bytes:
        said = self._said(self.digest.hexdigest())
        return _COMMENT + said.encode("ascii") + _NOTHING if said else b""


class _Unsqueezing:
    """Takes squeezed bytes and passes on what they were, piece by piece and never more than was declared."""

    def __init__(self, sink: Sink, most: int) -> None:
        self.size, self.digest, self._sink, self._most = 0, hashlib.sha256(), sink, most
        self._press, self._behind = zlib.decompressobj(GZIP), b""

    @property
    def ended(self) -> bool:
        """Tell whether the last byte was seen."""
        return self._press.eof

    @property
    def mark(self) -> str:
        """Return what stands behind the end. Raises: DamagedError where that is anything but a mark."""
        if not self._behind:
            return ""
        if not (self._behind.startswith(_COMMENT) and self._behind.endswith(_NOTHING)):
            raise DamagedError("something else follows the end")
        return self._behind[len(_COMMENT) : -len(_NOTHING)].decode("ascii", "replace")

    def write(self, data: bytes) -> int:
        """Take squeezed bytes. Raises: DamagedError."""
        rest, more = bytes(data), True
        while more and not self.ended:
            plain = self._press.decompress(rest, BLOCK)
            rest, more = self._press.unconsumed_tail, len(plain) == BLOCK or bool(self._press.unconsumed_tail)
            self._pass_on(plain)
            if self.ended:
                rest = self._press.unused_data
        if self.ended:
            self._behind += rest
        if len(self._behind) > _LONGEST:
            raise DamagedError("something else follows the end")
        return len(data)

    def _pass_on(self, plain: bytes) -> None:
        self.size += len(plain)
        if self.size > self._most:
            raise DamagedError(f"it unpacks to more than the {self._most} bytes it was declared to have")
        self.digest.update(plain)
        self._sink.write(plain)

    def flush(self) -> None:
        """Nothing waits here."""


class _Flushed:
    """A sink with the one more word that the sealing library asks for."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def write(self, data: bytes) -> int:
        """Take all bytes."""
        self._sink.write(data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""
