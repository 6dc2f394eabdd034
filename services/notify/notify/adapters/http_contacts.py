"""Ask identity how a person can be reached, with a service token."""

import asyncio
import time
from collections.abc import Collection, Mapping

import httpx
from common.tracing import pass_on

from notify.domain.channels import Contact
from notify.ports import TemporaryFailureError

EARLY = 30  # seconds before the end of its life at which a token is renewed


class HttpContacts:
    """Identity's contact data over HTTP."""

    def __init__(
        self, url: str, client_id: str, client_secret: str, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        hooks = {"request": [pass_on]}
        self._client = httpx.AsyncClient(base_url=url, timeout=5, transport=transport, event_hooks=hooks)
        self._credentials = {"client_id": client_id, "client_secret": client_secret}
        self._token = ""
        self._renew_at = 0.0
        self._renewing = asyncio.Lock()

    async def of(self, account_ids: Collection[str]) -> Mapping[str, Contact]:
        """Return the contact data of accounts by id; one that is unknown is missing.

        Raises:
            TemporaryFailureError: identity does not answer, or not with what is expected.
        """
        try:
            answer = await self._ask(account_ids)
            if answer.status_code == httpx.codes.UNAUTHORIZED:
                self._renew_at = 0.0
                answer = await self._ask(account_ids)
            answer.raise_for_status()
            return {one["account_id"]: _contact(one) for one in answer.json()["items"]}
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise TemporaryFailureError(f"contacts-unreachable: {type(error).__name__}") from error

    async def _ask(self, account_ids: Collection[str]) -> httpx.Response:
        await self._renew()
        body = {"account_ids": sorted(account_ids)}
        headers = {"Authorization": f"Bearer {self._token}"}
        return await self._client.post("/api/identity/contacts/readings", json=body, headers=headers)

    async def _renew(self) -> None:
        async with self._renewing:
            if time.monotonic() < self._renew_at:
                return
            answer = await self._client.post("/api/identity/service-tokens", json=self._credentials)
            answer.raise_for_status()
            body = answer.json()
            self._token = body["access_token"]
            self._renew_at = time.monotonic() + max(float(body.get("expires_in", 60)) - EARLY, 1)


def _contact(body: dict[str, object]) -> Contact:
    channels = body.get("channels") or []
    language = "en" if body.get("language") == "en" else "vi"
    email, phone = body.get("email"), body.get("phone")
    return Contact(
        email=str(email) if email else None,
        phone=str(phone) if phone else None,
        language=language,
        channels=frozenset(str(one) for one in channels) if isinstance(channels, list) else frozenset(),
    )
