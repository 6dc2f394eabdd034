"""Hand mails to an SMTP server, as text and HTML, with documents attached."""

from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

import aiosmtplib

from notify.ports import Mail, PermanentFailureError, TemporaryFailureError

TIMEOUT = 20


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
        message = EmailMessage()
        message["From"] = self.sender
        message["To"] = mail.to
        message["Subject"] = mail.subject
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


def _refusal(code: int, who: str) -> TemporaryFailureError | PermanentFailureError:
    # Only the code is told: the server's words may repeat the address.
    kind = TemporaryFailureError if 400 <= code < 500 else PermanentFailureError
    return kind(f"smtp-{code}-{who}")
