"""An OpenID Connect provider over HTTP: discovery and keys are read once and kept, a code is traded for a token."""

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

import httpx
import structlog
from joserfc import jwk, jws, jwt
from joserfc.errors import JoseError

from identity.domain.oidc import (
    ALGORITHMS,
    Client,
    Metadata,
    ProviderAwayError,
    ProviderRefusedError,
    metadata,
)

SECONDS: Final = 5
KEPT_FOR: Final = 600.0
ASK_AGAIN: Final = 30.0
"""How soon keys may be asked for again because of a key nobody knows: no token may become a flood."""
LONGEST: Final = 1_000_000
log = structlog.get_logger()


class OidcProvider:
    """The provider that the settings name."""

    def __init__(
        self,
        client: Client,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Remember whose it is; nothing is opened yet."""
        self.client, self._transport, self._clock = client, transport, clock
        self._told: tuple[float, Metadata] | None = None
        self._keys: tuple[float, jwk.KeySet] | None = None
        self._reading = asyncio.Lock()

    async def metadata(self) -> Metadata:
        """Give what the provider says about itself, kept ten minutes. Raises: ProviderAwayError."""
        async with self._reading:
            if self._told is None or self._clock() - self._told[0] > KEPT_FOR:
                place = self.client.issuer.rstrip("/") + "/.well-known/openid-configuration"
                self._told = self._clock(), metadata(self.client, await self._read(place))
            return self._told[1]

    async def claims(self, code: str, verifier: str, door: str) -> Mapping[str, Any]:
        """Trade a code for an ID token, and give its claims once the signature held.

        Raises: ProviderAwayError, ProviderRefusedError.
        """
        told = await self.metadata()
        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.client.back(door),
            "code_verifier": verifier,
        }
        who = httpx.BasicAuth(self.client.client_id, self.client.secret)
        async with self._http() as http:
            try:
                answer = await http.post(told.token, data=sent, auth=who)
            except httpx.HTTPError as error:
                log.warning("provider away", error=type(error).__name__)
                raise ProviderAwayError from error
        if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise ProviderAwayError
        token = _json(answer).get("id_token") if answer.status_code == httpx.codes.OK else None
        if not isinstance(token, str):
            raise ProviderRefusedError
        return await self._checked(token, told.keys)

    async def _checked(self, token: str, place: str) -> Mapping[str, Any]:
        try:
            headers = jws.extract_compact(token.encode()).headers()
        except (JoseError, ValueError) as error:
            raise ProviderRefusedError from error
        keys = await self._keys_of(place, headers.get("kid"))
        try:
            return jwt.decode(token, keys, algorithms=ALGORITHMS).claims
        except (JoseError, ValueError, TypeError, KeyError) as error:
            log.warning("ID token refused", error=type(error).__name__)
            raise ProviderRefusedError from error

    async def _keys_of(self, place: str, kid: object) -> jwk.KeySet:
        async with self._reading:
            if self._keys is None or self._old(self._keys[0], known=self._knows(kid)):
                read = await self._read(place)
                self._keys = self._clock(), _signing(read)
            return self._keys[1]

    def _old(self, read_at: float, *, known: bool) -> bool:
        return self._clock() - read_at > (KEPT_FOR if known else ASK_AGAIN)

    def _knows(self, kid: object) -> bool:
        return self._keys is not None and any(key.kid == kid for key in self._keys[1].keys)

    async def _read(self, place: str) -> Mapping[str, Any]:
        async with self._http() as http:
            try:
                return _json((await http.get(place)).raise_for_status())
            except httpx.HTTPError as error:
                log.warning("provider away", error=type(error).__name__)
                raise ProviderAwayError from error

    def _http(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(timeout=SECONDS, transport=self._transport, trust_env=False)


def _json(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        read = answer.json() if len(answer.content) <= LONGEST else None
    except ValueError:
        read = None
    if not isinstance(read, dict):
        raise ProviderAwayError
    return read


def _signing(told: Mapping[str, Any]) -> jwk.KeySet:
    """Keep the public keys that sign: a secret among them could be the key of a forged token."""
    listed = told.get("keys")
    found = [
        key
        for key in (listed if isinstance(listed, list) else [])
        if isinstance(key, dict) and key.get("kty") in ("EC", "RSA", "OKP") and key.get("use", "sig") == "sig"
    ]
    try:
        return jwk.KeySet.import_key_set({"keys": found})
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise ProviderAwayError from error


class NoProvider:
    """Stands where the province names no provider."""

    client = Client()

    async def metadata(self) -> Metadata:
        """Say that the way is closed."""
        raise ProviderAwayError

    async def claims(self, code: str, verifier: str, door: str) -> Mapping[str, Any]:
        """Believe nobody."""
        del code, verifier, door
        raise ProviderRefusedError
