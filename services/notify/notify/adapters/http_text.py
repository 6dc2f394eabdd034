"""Hand text messages to a provincial SMS gateway over HTTP."""

import httpx

from notify.ports import PermanentFailureError, TemporaryFailureError


class HttpText:
    """A gateway that takes `{"id", "to", "text"}` as JSON and refuses a repeated id."""

    def __init__(self, url: str, token: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._client = httpx.AsyncClient(timeout=10, transport=transport)
        self._url = url
        self._headers = {"Authorization": f"Bearer {token}"}

    async def send(self, id_: str, phone: str, text: str) -> None:
        """Hand the message over; a repeat that the gateway knows counts as sent.

        Raises:
            TemporaryFailureError: the gateway is away or overloaded.
            PermanentFailureError: it refuses the message.
        """
        body = {"id": id_, "to": phone, "text": text}
        try:
            answer = await self._client.post(self._url, json=body, headers=self._headers)
        except httpx.HTTPError as error:
            raise TemporaryFailureError(f"sms-unreachable: {type(error).__name__}") from error
        if answer.status_code >= 500 or answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            raise TemporaryFailureError(f"sms-{answer.status_code}")
        if answer.is_error and answer.status_code != httpx.codes.CONFLICT:
            raise PermanentFailureError(f"sms-{answer.status_code}")
