"""Ask identity how a person can be reached, and qa how an asker without an account can, with a service token."""

import asyncio
import time
from collections.abc import Collection, Mapping
from typing import Any

import httpx
from common.tracing import pass_on

from notify.domain.channels import ASKER, Channel, Contact
from notify.ports import TemporaryFailureError

EARLY = 30  # seconds before the end of its life at which a token is renewed


class HttpContacts:
    """Contact data over HTTP."""

    def __init__(
        self,
        url: str,
        client_id: str,
        client_secret: str,
        transport: httpx.AsyncBaseTransport | None = None,
        *,
        questions_url: str = "",
    ) -> None:
        hooks = {"request": [pass_on]}
        self._client = httpx.AsyncClient(base_url=url, timeout=5, transport=transport, event_hooks=hooks)
        self._questions = questions_url
        self._credentials = {"client_id": client_id, "client_secret": client_secret}
        self._token = ""
        self._renew_at = 0.0
        self._renewing = asyncio.Lock()

    async def of(self, account_ids: Collection[str]) -> Mapping[str, Contact]:
        """Return the contact data of accounts and of askers without one by id; one that is unknown is missing.

        Raises:
            TemporaryFailureError: a neighbour does not answer, or not with what is expected.
        """
        askers = sorted(one.removeprefix(ASKER) for one in account_ids if one.startswith(ASKER))
        accounts = sorted(one for one in account_ids if not one.startswith(ASKER))
        found: dict[str, Contact] = {}
        try:
            if accounts:
                told = await self._ask("/api/identity/contacts/readings", {"account_ids": accounts})
                found |= {one["account_id"]: _contact(one) for one in told["items"]}
            if askers:
                told = await self._ask(f"{self._questions}/api/qa/contacts/readings", {"numbers": askers})
                found |= {ASKER + one["number"]: _asker(one) for one in told["items"]}
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise TemporaryFailureError(f"contacts-unreachable: {type(error).__name__}") from error
        return found

    async def _ask(self, place: str, body: Mapping[str, object]) -> Any:
        answer = await self._post(place, body)
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            self._renew_at = 0.0
            answer = await self._post(place, body)
        answer.raise_for_status()
        return answer.json()

    async def _post(self, place: str, body: Mapping[str, object]) -> httpx.Response:
        await self._renew()
        headers = {"Authorization": f"Bearer {self._token}"}
        return await self._client.post(place, json=body, headers=headers)

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


def _asker(body: Mapping[str, Any]) -> Contact:
    """Read how an asker without an account is reached: by the e-mail that was left for it."""
    return Contact(
        email=body["email"],
        phone=None,
        language="vi",
        channels=frozenset({Channel.EMAIL.value} if body["email"] else ()),
        link=str(body["link"]),
    )
