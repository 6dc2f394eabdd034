"""Text messages handed to a provincial SMS gateway over HTTP."""

import uuid

import httpx
import structlog

log = structlog.get_logger()


class HttpText:
    """A gateway that takes `{"id", "to", "text"}` as JSON; whether it took the message is the answer."""

    def __init__(self, url: str, token: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """Remember the gateway; nothing is opened yet."""
        self._url, self._transport = url, transport
        self._headers = {"Authorization": f"Bearer {token}"}

    async def send(self, phone: str, text: str) -> bool:
        """Hand over one message; False when the gateway did not take it."""
        body = {"id": str(uuid.uuid4()), "to": phone, "text": text}
        try:
            async with httpx.AsyncClient(timeout=10, transport=self._transport) as client:
                (await client.post(self._url, json=body, headers=self._headers)).raise_for_status()
        except httpx.HTTPError as error:
            log.warning("text not taken", error=type(error).__name__)
            return False
        return True


class NoText:
    """Stands where the province sends no text messages."""

    async def send(self, phone: str, text: str) -> bool:
        """Send nothing."""
        del phone, text
        return False
