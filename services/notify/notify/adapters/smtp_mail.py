"""Hand mails to an SMTP server, as text and HTML, with documents attached."""

import asyncio
from contextlib import suppress
from email.encoders import encode_base64
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr, make_msgid, parseaddr
from typing import Any

import aiosmtplib

from notify.ports import Attachment, Mail, PermanentFailureError, TemporaryFailureError

TIMEOUT = 20
LINE = 75  # an encoded word is no longer (RFC 2047)


class SmtpMail:
    """A mail server at host and port; `way` says how it is met, as aiosmtplib names it."""

    def __init__(self, host: str, port: int, sender: str, **way: Any) -> None:
        self.way = way
        self.host = host
        self.port = port
        self.sender = sender
        self._idle: list[aiosmtplib.SMTP] = []
        self.domain = sender.rpartition("@")[2].strip(">") or make_msgid().rpartition("@")[2].strip(">")

    async def send(self, mail: Mail) -> None:
        """Hand the mail over, on the connection of a mail before where the server keeps it open.

        Raises:
            TemporaryFailureError: no connection, a timeout or a 4xx answer.
            PermanentFailureError: a 5xx answer or an address no mail can have.
        """
        try:
            message = self.compose(mail)
            await self._hand_over(message, mail.to)
        except aiosmtplib.SMTPRecipientsRefused as error:
            codes = [one.code for one in error.recipients]
            raise _refusal(max(codes, default=550), "recipient") from error
        except aiosmtplib.SMTPResponseException as error:
            raise _refusal(error.code, "server") from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise TemporaryFailureError(f"smtp-unreachable: {type(error).__name__}") from error
        except ValueError as error:
            raise PermanentFailureError("address-invalid") from error

    async def rest(self) -> None:
        """Say goodbye to the server; a connection that is gone already needs none."""
        while self._idle:
            client = self._idle.pop()
            if client.is_connected:
                with suppress(aiosmtplib.SMTPException, OSError):
                    await client.quit()

    async def _hand_over(self, message: "Message[Any, Any]", to: str) -> None:
        while self._idle:
            try:
                await self._over(self._idle.pop(), message, to)
                return
            except aiosmtplib.SMTPServerDisconnected:
                continue  # the server hung up since the mail before
        client = aiosmtplib.SMTP(hostname=self.host, port=self.port, timeout=TIMEOUT, **self.way)
        await client.connect()
        await self._over(client, message, to)

    async def _over(self, client: aiosmtplib.SMTP, message: "Message[Any, Any]", to: str) -> None:
        try:
            await client.send_message(message, sender=parseaddr(self.sender)[1], recipients=to)
        except (aiosmtplib.SMTPRecipientsRefused, aiosmtplib.SMTPResponseException):
            self._idle.append(client)  # the server answered, and takes the next one
            raise
        except (aiosmtplib.SMTPException, OSError, asyncio.CancelledError):
            client.close()
            raise
        self._idle.append(client)

    def compose(self, mail: Mail) -> "Message[Any, Any]":
        """Return the message with its headers; the same delivery always has the same Message-ID.

        Raises: ValueError for an address that would break its line.
        """
        words: Message[Any, Any] = MIMEMultipart("alternative", boundary=f"words={mail.id}")
        words.attach(MIMEText(mail.text, "plain", "utf-8"))
        words.attach(MIMEText(mail.html, "html", "utf-8"))
        message: Message[Any, Any] = (
            MIMEMultipart("mixed", boundary=f"parts={mail.id}") if mail.attachments else words
        )
        for part in (words, *map(_attached, mail.attachments)) if mail.attachments else ():
            message.attach(part)
        if len(mail.to.splitlines()) != 1:
            raise ValueError("an address is one line")
        message["From"] = sender_header(self.sender)
        message["Subject"] = subject_header(mail.subject)
        message["To"] = mail.to
        message["Date"] = format_datetime(mail.sent_at)
        message["Message-ID"] = f"<{mail.id}@{self.domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message["Content-Language"] = mail.language
        if mail.choose:
            message["List-Unsubscribe"] = f"<{mail.choose}>"
        if mail.dossier_code:
            message["X-Dossier-Code"] = mail.dossier_code
        return message


def sender_header(sender: str) -> Header:
    """Return the sender's name and address, whole: every blank between the words of the name survives."""
    name, address = parseaddr(sender)
    if name.isascii():
        return Header(formataddr((name, address)), maxlinelen=LINE, header_name="From")
    header = Header(" ".join(name.split()), "utf-8", LINE, "From")
    header.append(f"<{address}>", "ascii")
    return header


def subject_header(subject: str) -> Header:
    """Return the subject in one line, encoded where it is not plain."""
    plain = " ".join(subject.split())
    return Header(plain, None if plain.isascii() else "utf-8", LINE, "Subject")


def _attached(attachment: Attachment) -> MIMEBase:
    part = MIMEBase(*attachment.media_type.split("/", 1))
    part.set_payload(attachment.content)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=attachment.name)
    return part


def _refusal(code: int, who: str) -> TemporaryFailureError | PermanentFailureError:
    # Only the code is told: the server's words may repeat the address.
    kind = TemporaryFailureError if 400 <= code < 500 else PermanentFailureError
    return kind(f"smtp-{code}-{who}")
