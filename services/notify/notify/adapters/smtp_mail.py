"""Hand mails to an SMTP server, as text and HTML, with documents attached."""

from email import message_from_bytes
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, make_msgid, parseaddr

import aiosmtplib

from notify.ports import Mail, PermanentFailureError, TemporaryFailureError

TIMEOUT = 20
LINE = 75  # an encoded word is no longer (RFC 2047)


class SmtpMail:
    """A mail server at host and port; STARTTLS is used where the server offers it."""

    def __init__(self, host: str, port: int, sender: str) -> None:
        self.host = host
        self.port = port
        self.sender = sender
        self.domain = sender.rpartition("@")[2].strip(">") or make_msgid().rpartition("@")[2].strip(">")

    async def send(self, mail: Mail) -> None:
        """Hand the mail over in one connection.

        Raises:
            TemporaryFailureError: no connection, a timeout or a 4xx answer.
            PermanentFailureError: a 5xx answer or an address no mail can have.
        """
        try:
            await aiosmtplib.send(self.compose(mail), hostname=self.host, port=self.port, timeout=TIMEOUT)
        except aiosmtplib.SMTPRecipientsRefused as error:
            codes = [one.code for one in error.recipients]
            raise _refusal(max(codes, default=550), "recipient") from error
        except aiosmtplib.SMTPResponseException as error:
            raise _refusal(error.code, "server") from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise TemporaryFailureError(f"smtp-unreachable: {type(error).__name__}") from error
        except ValueError as error:
            raise PermanentFailureError("address-invalid") from error

    def compose(self, mail: Mail) -> EmailMessage:
        """Return the message with its headers; the same delivery always has the same Message-ID."""
        message = headed(self.sender, mail.subject)
        message["To"] = mail.to
        message["Date"] = format_datetime(mail.sent_at)
        message["Message-ID"] = f"<{mail.id}@{self.domain}>"
        message["Auto-Submitted"] = "auto-generated"
        if mail.dossier_code:
            message["X-Dossier-Code"] = mail.dossier_code
        message.set_content(mail.text)
        message.add_alternative(mail.html, subtype="html")
        message["Content-Language"] = mail.language  # setting the content drops every earlier Content- header
        for attachment in mail.attachments:
            main, _, sub = attachment.media_type.partition("/")
            message.add_attachment(attachment.content, maintype=main, subtype=sub, filename=attachment.name)
        return message


def headed(sender: str, subject: str) -> EmailMessage:
    """Return a message with these two headers, whole: every blank between their words survives.

    Python folds long headers of a message itself and then loses blanks between encoded words, so that a reader sees
    "đượctiếp nhận". Headers that were read in short lines are left as they are; therefore they are encoded here.
    """
    name, address = parseaddr(sender)
    who = formataddr((name, address)) if name.isascii() else f"{_encoded(name, 'From')}\r\n <{address}>"
    head = f"From: {who}\r\n"
    head += f"Subject: {_encoded(subject, 'Subject')}\r\n\r\n"
    return message_from_bytes(head.encode("ascii"), EmailMessage, policy=SMTP)


def _encoded(text: str, header: str) -> str:
    plain = " ".join(text.split())
    charset = None if plain.isascii() else "utf-8"
    return Header(plain, charset, maxlinelen=LINE, header_name=header).encode(linesep="\r\n")


def _refusal(code: int, who: str) -> TemporaryFailureError | PermanentFailureError:
    # Only the code is told: the server's words may repeat the address.
    kind = TemporaryFailureError if 400 <= code < 500 else PermanentFailureError
    return kind(f"smtp-{code}-{who}")
