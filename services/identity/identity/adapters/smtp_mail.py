"""Mail handed to an SMTP server."""

from email.message import EmailMessage
from typing import Any

import aiosmtplib
import structlog

from identity.ports import Letter

SECONDS = 10
log = structlog.get_logger()


class SmtpMail:
    """Hands each message to the server at once; whether it was taken is the answer."""

    def __init__(self, host: str, port: int, sender: str, **way: Any) -> None:
        """Remember the server and the way there; nothing is opened yet."""
        self._host, self._port, self._sender, self._way = host, port, sender, way

    async def send(self, letter: Letter) -> bool:
        """Hand over one message; False when the server did not take it."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, letter.to, letter.subject
        message.set_content(letter.text)
        try:
            await aiosmtplib.send(message, hostname=self._host, port=self._port, timeout=SECONDS, **self._way)
        except (aiosmtplib.SMTPException, OSError) as error:
            # Neither the address nor the message: only what kind of failure it was.
            log.warning("mail not taken", error=type(error).__name__)
            return False
        return True


class NoMail:
    """Stands where no mail server is configured: says honestly that nothing was sent."""

    async def send(self, letter: Letter) -> bool:
        """Send nothing."""
        del letter
        return False
