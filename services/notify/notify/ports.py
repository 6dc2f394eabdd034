"""What notify asks of the outside: contact data, mail, text messages, documents."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from regulation.text import Lang

from notify.domain.channels import Contact


class TemporaryFailureError(Exception):
    """Sending did not work now and is worth another try; the text is the reason without personal data."""


class PermanentFailureError(Exception):
    """Sending will never work for this address; the text is the reason without personal data."""


@dataclass(frozen=True)
class Attachment:
    """A document that goes with a mail."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Mail:
    """A mail ready to leave; `id` stays the same on every attempt, so that mail systems can see a repeat."""

    id: str
    to: str = field(repr=False)
    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)
    language: str
    dossier_code: str | None
    sent_at: datetime
    attachments: tuple[Attachment, ...] = ()
    choose: str = ""
    """Where its recipient chooses how to be told; none for a notice that nobody may do without."""


class Contacts(Protocol):
    """Knows how people can be reached."""

    async def of(self, account_ids: Collection[str]) -> Mapping[str, Contact]:
        """Return the contact data of accounts by id; one that is unknown is missing.

        Raises:
            TemporaryFailureError: identity does not answer.
        """
        ...


class MailSender(Protocol):
    """Hands mails to a mail server, one after another over one connection."""

    async def send(self, mail: Mail) -> None:
        """Hand the mail over.

        Raises:
            TemporaryFailureError: another try may work.
            PermanentFailureError: the server refuses for good.
        """
        ...

    async def rest(self) -> None:
        """Let the connection go until the next mail."""
        ...


class TextSender(Protocol):
    """Hands text messages to a gateway."""

    async def send(self, id_: str, phone: str, text: str) -> None:
        """Hand the message over.

        Raises:
            TemporaryFailureError: another try may work.
            PermanentFailureError: the gateway refuses for good.
        """
        ...


class Documents(Protocol):
    """Reads documents of the suite by digest."""

    async def get(self, sha256: str) -> bytes:
        """Return the bytes."""
        ...


class Renderer(Protocol):
    """Turns templates into texts in a sandbox."""

    def text(self, source: str, values: Mapping[str, Any], lang: Lang) -> str:
        """Return the text.

        Raises:
            TemplateFaultyError: the template is faulty or asks for a field that does not exist.
        """
        ...

    def page(self, values: Mapping[str, Any]) -> str:
        """Return a mail's HTML."""
        ...
