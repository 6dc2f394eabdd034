"""The signed head of a service's chain, and the other place where it is kept."""

import hashlib
from datetime import datetime
from typing import Final

from common.files import object_store
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import BaseModel, ConfigDict

from audit.chain import Seal

FOLDER: Final = "audit-heads"
NOTES: Final = "audit-undone"


class Head(BaseModel):
    """The newest seal of a service at some moment; whoever holds it can tell whether the log still leads there."""

    model_config = ConfigDict(frozen=True)

    service: str
    number: int
    root: str
    at: datetime
    public_key: str
    signature: str
    stamp: str = ""
    """A signature over the moment too; heads of before moments were signed have none."""

    def is_of(self, service: str, key: bytes | None) -> bool:
        """Tell whether it was signed for this service; with `key` by the holder of exactly that one."""
        signer, root = bytes.fromhex(self.public_key), bytes.fromhex(self.root)
        stamp = said_shipped(service, self.number, root, self.at)
        return (
            self.service == service
            and key in (None, signer)
            and is_signed(signer, said(service, self.number, root), bytes.fromhex(self.signature))
            and (not self.stamp or is_signed(signer, stamp, bytes.fromhex(self.stamp)))
        )


class Undone(BaseModel):
    """What a restore undid: the log of a service goes on from what it was at `since`, and another way than before.

    Heads shipped after that, up to `until` when it was restored, are of a past that is no more.
    """

    model_config = ConfigDict(frozen=True)

    service: str
    since: datetime
    until: datetime
    public_key: str
    signature: str

    def is_of(self, service: str, key: bytes | None) -> bool:
        """Tell whether it was signed for this service; with `key` by the holder of exactly that one."""
        signer = bytes.fromhex(self.public_key)
        word = said_undone(service, self.since, self.until)
        return (
            self.service == service
            and key in (None, signer)
            and is_signed(signer, word, bytes.fromhex(self.signature))
        )

    def covers(self, head: Head) -> bool:
        """Tell whether a head was shipped in the time that was undone."""
        return self.since < head.at <= self.until


class Hand:
    """Signs the seals of one service with a key made from its secret; without a secret nothing is signed."""

    def __init__(self, service: str, secret: str) -> None:
        self.service = service
        seed = hashlib.sha256(b"motcua audit " + secret.encode()).digest()
        self._key = Ed25519PrivateKey.from_private_bytes(seed) if secret else None

    @property
    def public_key(self) -> bytes:
        """Return the public half; empty without a secret."""
        return self._key.public_key().public_bytes_raw() if self._key else b""

    def signed(self, seal: Seal) -> Seal:
        """Return the seal with a signature over its service, number and root."""
        word = said(self.service, seal.number, seal.root)
        return seal._replace(signature=self._key.sign(word) if self._key else b"")

    def head(self, seal: Seal, at: datetime) -> Head:
        """Return what is shipped of the newest seal, its moment signed with it."""
        word = said_shipped(self.service, seal.number, seal.root, at)
        return Head(
            service=self.service,
            number=seal.number,
            root=seal.root.hex(),
            at=at,
            public_key=self.public_key.hex(),
            signature=seal.signature.hex(),
            stamp=self._key.sign(word).hex() if self._key else "",
        )

    def undone(self, since: datetime, until: datetime) -> Undone:
        """Return the note that what the log held between two moments was undone by a restore."""
        word = said_undone(self.service, since, until)
        signature = self._key.sign(word).hex() if self._key else ""
        told = {"since": since, "until": until, "public_key": self.public_key.hex()}
        return Undone(service=self.service, signature=signature, **told)


def said_undone(service: str, since: datetime, until: datetime) -> bytes:
    """Return the words that are signed of what a restore undid."""
    return f"motcua audit undone {service} {since.timestamp()} {until.timestamp()}".encode()


def said_shipped(service: str, number: int, root: bytes, at: datetime) -> bytes:
    """Return the words that are signed of when a head was shipped."""
    return f"motcua audit shipped {service} {number} {at.timestamp()} ".encode() + root


def said(service: str, number: int, root: bytes) -> bytes:
    """Return the words that are signed."""
    return f"motcua audit head {service} {number} ".encode() + root


def is_signed(public_key: bytes, word: bytes, signature: bytes) -> bool:
    """Tell whether a word was signed by the holder of a key."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, word)
    except (InvalidSignature, ValueError):
        return False
    return True


async def ship(url: str, head: Head) -> str:
    """Put a head where heads are kept and return its name there; an earlier one is never written over."""
    name = f"{FOLDER}/{head.service}/{head.at:%Y%m%dT%H%M%SZ}-{head.number}.json"
    await object_store(url).put_async(name, head.model_dump_json().encode(), mode="create")
    return name


async def shipped(url: str, service: str) -> list[Head]:
    """Return the heads of a service that were shipped, oldest first."""
    return [Head.model_validate_json(one) for one in await _all(url, f"{FOLDER}/{service}/")]


async def note_undone(url: str, note: Undone) -> str:
    """Put beside the heads what a restore undid, and return the name of the note; it is never written over."""
    name = f"{NOTES}/{note.service}/{note.until:%Y%m%dT%H%M%S%fZ}.json"
    await object_store(url).put_async(name, note.model_dump_json().encode(), mode="create")
    return name


async def undone(url: str, service: str) -> list[Undone]:
    """Return what restores undid of a service's log, oldest first."""
    return [Undone.model_validate_json(one) for one in await _all(url, f"{NOTES}/{service}/")]


async def _all(url: str, prefix: str) -> list[bytes]:
    store = object_store(url)
    names = [one["path"] async for page in store.list(prefix) for one in page]
    return [bytes(await (await store.get_async(name)).bytes_async()) for name in sorted(names)]
