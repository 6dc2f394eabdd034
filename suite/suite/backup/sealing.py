"""What leaves for a copy is squeezed and sealed as `gzip` and `age` do: whoever holds the key needs no suite."""

import hashlib
import hmac
import io
import os
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import pyrage
from common.files import lasting

from suite.deploy.backup_key import new_key

GZIP = 31  # the window bits with which zlib writes and reads what gzip does
BLOCK = 1 << 20
RECIPIENTS = "recipients.json"
"""Beside the parts of a copy: the public keys of those who can open it."""


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


class Sealed(NamedTuple):
    """What was sealed: how many bytes it was before, and their hash."""

    size: int
    sha256: str


class Locks(NamedTuple):
    """Whom copies are sealed for, and the key that opens them here; the key lies apart from every copy."""

    recipients: Sequence[str]
    key: Path | None = None

    @property
    def own(self) -> str:
        """Return the public half of the key that is had here."""
        return str(self._identity().to_public())

    def seal(self, source: Source, sink: Sink) -> Sealed:
        """Read `source` to its end, and write it to `sink` squeezed and sealed."""
        squeezed = _Squeezing(source)
        pyrage.encrypt_io(squeezed, _Flushed(sink), self._recipients())
        return Sealed(squeezed.size, squeezed.digest.hexdigest())

    def sealed(self, data: bytes) -> bytes:
        """Return something small, squeezed and sealed."""
        sink = io.BytesIO()
        self.seal(io.BytesIO(data), sink)
        return sink.getvalue()

    def open(self, source: Source, sink: Sink) -> Sealed:
        """Write what was sealed to `sink`, and tell its size and hash.

        Raises:
            DamagedError: a byte is another, the end is missing, or it was sealed for another key.
        """
        plain = _Unsqueezing(sink)
        try:
            pyrage.decrypt_io(source, plain, [self._identity()])
        except (pyrage.DecryptError, zlib.error, OSError) as error:
            raise DamagedError(str(error)) from error
        if not plain.ended:
            raise DamagedError("the end is missing")
        return Sealed(plain.size, plain.digest.hexdigest())

    def opened(self, data: bytes) -> bytes:
        """Return what something small was before it was sealed. Raises: DamagedError."""
        sink = io.BytesIO()
        self.open(io.BytesIO(data), sink)
        return sink.getvalue()

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


def locks(key: Path, others: Sequence[str] = ()) -> Locks:
    """Return locks for the key at this place, made when missing, and for the public keys of those who may open too."""
    if not key.exists():
        key.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with lasting(key.parent, key.name) as file:  # what is sealed for it must not outlive it
            os.fchmod(file.fileno(), 0o600)
            file.write(new_key().encode())
    return Locks((Locks((), key).own, *others), key)


class _Squeezing:
    """Reads a source squeezed, counting and hashing what it was."""

    def __init__(self, source: Source) -> None:
        self.size, self.digest, self._source = 0, hashlib.sha256(), source
        self._press, self._ready, self._ended = zlib.compressobj(1, zlib.DEFLATED, GZIP), bytearray(), False

    def read(self, size: int = BLOCK) -> bytes:
        """Return up to `size` squeezed bytes."""
        while len(self._ready) < size and not self._ended:
            block = self._source.read(BLOCK)
            self._ended = not block
            self.size += len(block)
            self.digest.update(block)
            self._ready += self._press.compress(block) if block else self._press.flush()
        given = bytes(self._ready[:size])
        del self._ready[:size]
        return given


class _Unsqueezing:
    """Takes squeezed bytes and passes on what they were."""

    def __init__(self, sink: Sink) -> None:
        self.size, self.digest, self._sink = 0, hashlib.sha256(), sink
        self._press = zlib.decompressobj(GZIP)

    @property
    def ended(self) -> bool:
        """Tell whether the last byte was seen."""
        return self._press.eof

    def write(self, data: bytes) -> int:
        """Take squeezed bytes."""
        plain = self._press.decompress(bytes(data))
        self.size += len(plain)
        self.digest.update(plain)
        self._sink.write(plain)
        return len(data)

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
