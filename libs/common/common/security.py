"""Who is calling: short-lived signed tokens and what they say."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Literal, NamedTuple, Self, cast
from urllib.parse import urljoin

import httpx
from joserfc import jwk, jws, jwt
from joserfc.errors import JoseError

from common.ended import Ended
from common.errors import ForbiddenError, StepUpRequiredError, UnauthenticatedError, UnavailableError
from common.ids import uuid7

ALGORITHM = "ES256"
ISSUER = "motcua"
AUDIENCE = "motcua"
TOKEN_LIFE = timedelta(minutes=15)
PROOF_LIFE = timedelta(minutes=10)
_KINDS = ("citizen", "officer", "service")
_LEEWAY = 5
_REMEMBERED = 4096  # tokens; each is about a kilobyte

Kind = Literal["citizen", "officer", "service"]
Scope = Literal["own", "unit", "agency", "sub_tree", "province"]


@dataclass(frozen=True)
class Caller:
    """A person or service that holds a valid token."""

    subject: str
    kind: Kind
    roles: frozenset[str]
    agency: str | None
    unit: str | None
    scope: Scope | None
    token_id: str
    must_change_password: bool = False
    owes: str = ""
    """What must come before anything else: `proof` of a second factor, or its `enrolment`."""
    limited: bool = False
    """Whether the caller may only read."""
    proven_at: int | None = None
    """Epoch second of the last proof by a second factor; None where none is asked of this caller."""
    proofs: frozenset[str] = frozenset()
    """Keyed marks of what the account proved of itself."""

    @property
    def is_officer(self) -> bool:
        """Whether an officer signed in, and no citizen or service."""
        return self.kind == "officer"

    def require(self, *roles: str) -> None:
        """Let the caller pass when it has one of the roles. Raises: ForbiddenError."""
        if self.roles.isdisjoint(roles):
            raise ForbiddenError

    def must_have_proven(self) -> None:
        """Let pass whose second factor was shown just now, or of whom none is asked. Raises: StepUpRequiredError."""
        if self.proven_at is not None and time.time() - self.proven_at > PROOF_LIFE.total_seconds():
            raise StepUpRequiredError

    def claims(self) -> dict[str, Any]:
        """Say the same in the words of a token, ready for `Signer.sign`."""
        return {
            "sub": self.subject,
            "kind": self.kind,
            "roles": sorted(self.roles),
            "agency": self.agency,
            "unit": self.unit,
            "scope": self.scope,
            "jti": self.token_id,
            "mcp": self.must_change_password,
            "owe": self.owes,
            "lim": self.limited,
            "pat": self.proven_at,
            "prf": sorted(self.proofs),
        }


class Signer:
    """Holds a private P-256 key and signs tokens with it."""

    def __init__(self, private_key_pem: str | bytes, kid: str) -> None:
        self.kid = kid
        self._key = jwk.ECKey.import_key(private_key_pem, {"kid": kid, "use": "sig", "alg": ALGORITHM})

    @classmethod
    def generate(cls, kid: str) -> Self:
        """Make a signer with a fresh key, for tests and first starts."""
        return cls(jwk.ECKey.generate_key("P-256").as_pem(private=True), kid)

    def private_pem(self) -> bytes:
        """Give the private key as PEM, to be kept where secrets are kept."""
        return self._key.as_pem(private=True)

    def public_jwk(self) -> dict[str, Any]:
        """Give the public half, one entry of a JWKS."""
        return dict(self._key.as_dict(private=False))

    def jwks(self) -> dict[str, Any]:
        """Give the public half as a JWKS of one key."""
        return {"keys": [self.public_jwk()]}

    def sign(self, claims: Mapping[str, Any], ttl: timedelta = TOKEN_LIFE) -> str:
        """Sign a token; issuer, audience, instants and id are added where the claims do not name them."""
        now = int(time.time())
        full = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "iat": now,
            "exp": now + int(ttl.total_seconds()),
            "jti": str(uuid7()),
        }
        return jwt.encode(
            {"alg": ALGORITHM, "kid": self.kid}, {**full, **claims}, self._key, algorithms=[ALGORITHM]
        )


class Verifier:
    """Checks tokens against the public keys of the suite."""

    def __init__(
        self,
        jwks_url: str | None,
        keys: jwk.KeySet | None,
        *,
        fresh_for: float = 60,
        ended: Ended | None = None,
    ) -> None:
        self._url = jwks_url
        self._keys = keys
        self._ended = ended
        self._fresh_for = fresh_for
        self.clock_off: float | None = None
        """By how many seconds this machine is ahead of the one that gives keys; None before its first answer."""
        self._read_at = float("-inf")
        self._asked_at = float("-inf")
        self._reading = asyncio.Lock()
        self._seen: dict[str, _Seen] = {}

    @classmethod
    def from_url(cls, jwks_url: str) -> Self:
        """Read keys from an address: cached 60 s, the old ones go on serving while the address is down."""
        return cls(jwks_url, None, ended=Ended(urljoin(jwks_url, "ended-sessions")))

    @classmethod
    def from_jwks(cls, jwks: Mapping[str, Any], ended: Ended | None = None) -> Self:
        """Use fixed keys."""
        return cls(None, _keyset(jwks), ended=ended)

    async def verify(self, token: str) -> Caller:
        """Check signature, issuer, audience, life, and that the sign-in goes on.

        Raises: UnauthenticatedError, UnavailableError.
        """
        seen = self._seen.get(token)
        keys = await self._current(must_know=seen.kid if seen else _kid(token))
        # A signature checked once holds as long as the keys it was checked against, so until they are read again.
        if seen is None or seen.keys is not keys:
            seen = _check(token, keys)
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            self._seen[token] = seen
        if seen.expires + _LEEWAY < time.time():
            raise UnauthenticatedError
        if self._ended is not None and await self._ended.over(seen.caller.token_id):
            raise UnauthenticatedError
        return seen.caller

    async def stated(self, statement: str, audience: str) -> Mapping[str, Any]:
        """Return what a signed statement for one purpose says; a token is none, and a statement is no token.

        Raises: UnauthenticatedError, UnavailableError.
        """
        keys = await self._current(must_know=_kid(statement))
        try:
            claims = jwt.decode(statement, keys, algorithms=[ALGORITHM]).claims
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise UnauthenticatedError from error
        expires, named = claims.get("exp"), claims.get("iss") == ISSUER and claims.get("aud") == audience
        if not named or not isinstance(expires, int | float) or expires + _LEEWAY < time.time():
            raise UnauthenticatedError
        return claims

    async def _current(self, must_know: str | None) -> jwk.KeySet:
        # While another request reads, known keys go on serving; a key nobody knows yet is waited for.
        served = self._reading.locked() and self._knows(must_know)
        if self._url is not None and self._is_old(must_know) and not served:
            async with self._reading:
                if self._is_old(must_know) and time.monotonic() - self._asked_at >= 1:
                    await self._read(self._url)
        if self._keys is None:
            raise UnavailableError
        return self._keys

    def _knows(self, kid: str | None) -> bool:
        return self._keys is not None and any(key.kid == kid for key in self._keys.keys)

    def _is_old(self, must_know: str | None) -> bool:
        return not self._knows(must_know) or time.monotonic() - self._read_at > self._fresh_for

    async def _read(self, url: str) -> None:
        started = time.monotonic()
        try:
            async with httpx.AsyncClient(timeout=3) as client:
                answer = (await client.get(url)).raise_for_status()
                self._keys = _keyset(answer.json())
                if told := answer.headers.get("date"):
                    self.clock_off = time.time() - parsedate_to_datetime(told).timestamp()
            self._read_at = started
        except (httpx.HTTPError, JoseError, ValueError, KeyError):
            return  # stale keys are better than none; the next call after a second asks again
        finally:
            # An unknown key id must not become a way to flood the key server.
            self._asked_at = time.monotonic()


def _keyset(jwks: Mapping[str, Any]) -> jwk.KeySet:
    # Only P-256 keys enter: a symmetric or RSA key in the set could never check an ES256 token anyway.
    keys = [key for key in jwks["keys"] if key.get("kty") == "EC" and key.get("crv") == "P-256"]
    return jwk.KeySet.import_key_set({"keys": keys})


class _Seen(NamedTuple):
    """A token whose signature held, against which keys, and until when it lives (epoch seconds)."""

    caller: Caller
    kid: str | None
    keys: jwk.KeySet
    expires: float


def _check(token: str, keys: jwk.KeySet) -> _Seen:
    """Check signature and claims; the life of the token is checked at every use."""
    try:
        claims = jwt.decode(token, keys, algorithms=[ALGORITHM]).claims
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise UnauthenticatedError from error
    expires = claims.get("exp")
    if not isinstance(expires, int | float):
        raise UnauthenticatedError
    return _Seen(_caller(claims), _kid(token), keys, float(expires))


def _kid(token: str) -> str | None:
    try:
        kid = jws.extract_compact(token.encode()).headers().get("kid")
    except (JoseError, ValueError) as error:
        raise UnauthenticatedError from error
    return kid if isinstance(kid, str) else None


def _caller(claims: Mapping[str, Any]) -> Caller:
    kind, since = claims.get("kind"), claims.get("nbf", 0)
    named = claims.get("iss") == ISSUER and claims.get("aud") == AUDIENCE and bool(claims.get("sub"))
    if not (named and kind in _KINDS and isinstance(since, int | float) and since < time.time() + _LEEWAY):
        raise UnauthenticatedError
    return Caller(
        subject=str(claims["sub"]),
        kind=cast(Kind, kind),
        roles=frozenset(claims.get("roles") or ()),
        agency=claims.get("agency"),
        unit=claims.get("unit"),
        scope=claims.get("scope"),
        token_id=str(claims.get("jti", "")),
        must_change_password=bool(claims.get("mcp", False)),
        owes=str(claims.get("owe") or ""),
        limited=bool(claims.get("lim", False)),
        proven_at=claims.get("pat"),
        proofs=frozenset(map(str, claims.get("prf") or ())),
    )
