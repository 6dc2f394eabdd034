"""Outside systems this service needs, as it wishes they looked."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from identity.domain.importing import Line
from identity.domain.oidc import Client, Metadata


@dataclass(frozen=True)
class Letter:
    """One plain-text message to one address."""

    to: str
    subject: str
    text: str


class Mail(Protocol):
    """Takes messages and hands them to a mail server."""

    async def send(self, letter: Letter) -> bool:
        """Hand over one message; False when the server did not take it."""


class Texts(Protocol):
    """Takes text messages and hands them to a gateway."""

    async def send(self, phone: str, text: str) -> bool:
        """Hand over one message; False when the gateway did not take it, or there is none."""


class Provider(Protocol):
    """An outside identity provider, and how this suite is known to it."""

    client: Client

    async def metadata(self) -> Metadata:
        """Give what it says about itself. Raises: ProviderAwayError."""

    async def claims(self, code: str, verifier: str, door: str) -> Mapping[str, Any]:
        """Trade a code for an ID token; give its claims. Raises: ProviderAwayError, ProviderRefusedError."""


class Passwords(Protocol):
    """Turns passwords and codes into what may be stored, slowly on purpose."""

    async def hash(self, secret: str) -> str:
        """Give the text to store for a secret."""

    async def matches(self, stored: str | None, secret: str) -> bool:
        """Say whether the secret belongs to the stored text; takes as long when nothing is stored."""


@dataclass(frozen=True)
class NewKey:
    """A fresh signing key: its id, its private half sealed, its public half as a JWK."""

    kid: str
    sealed: str
    public_jwk: dict[str, str]


class KeyChest(Protocol):
    """Makes signing keys and keeps their private halves unreadable in the database."""

    def new_key(self) -> NewKey:
        """Make a key."""

    def open(self, sealed: str) -> str:
        """Give the private half as PEM."""

    def sealed(self, secret: str) -> str:
        """Seal a short secret for the database."""

    def unsealed(self, sealed: str) -> str:
        """Give a sealed secret back."""

    def secret(self, purpose: str) -> bytes:
        """Give 32 secret bytes that belong to one purpose."""


class ErasureMarks(Protocol):
    """Remembers outside the databases who was erased, so that a restore brings nobody back for good."""

    async def known(self) -> Mapping[uuid.UUID, datetime]:
        """Return who is marked, and when each was erased."""

    async def keep(self, account: uuid.UUID, at: datetime) -> None:
        """Mark an account as erased; one that is marked stays as it is."""


class Tables(Protocol):
    """Reads a table that somebody brings."""

    async def read(self, content: bytes) -> list[Line]:
        """Give the lines under the heading. Raises: TableUnreadableError, ColumnsMissingError."""
