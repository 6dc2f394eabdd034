"""Values that stand sealed in a database: a copy of it tells nothing of them, and equal ones are found by a mark."""

import base64
import hashlib
import hmac
import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FIRST: Final = "k0"
FILE: Final = "sealing.keys"
ANNOUNCED: Final = 120
"""Seconds after which a new key seals: by then every process has read of it."""
_NONCE: Final = 12
_LOOK: Final = 5.0
_MARK: Final = 32


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
        return hmac.digest(self._marking, f"{place}:{value}".encode(), "sha256").hex()[:_MARK]

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


def lay_keys(folder: Path) -> None:
    """Lay an empty file of later keys where a service may write one; elsewhere it is brought."""
    with suppress(OSError):
        folder.mkdir(0o700, parents=True, exist_ok=True)
        if not (file := folder / FILE).exists():
            file.touch(mode=0o600)
            file.write_text("{}", "utf-8")


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
