"""Signing in with an outside identity provider (OpenID Connect): what is asked of it, and which answer is believed."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode, urlsplit

from common.errors import DomainError, NotFoundError
from regulation.links import OFFICER_RETURN, PROVIDER_RETURN

ATTEMPT_LASTS: Final = timedelta(minutes=10)
"""How long somebody may take at the provider."""
SKEW: Final = timedelta(seconds=60)
"""By how much the provider's clock may be off."""
FRESH_FOR: Final = timedelta(minutes=10)
"""How old an ID token may be."""
ALGORITHMS: Final = ("ES256", "ES384", "PS256", "RS256", "EdDSA")
"""Signatures only: nothing a public key could be the secret of, and never none."""
SCOPE: Final = "openid profile"
SECRET_LONGEST: Final = 200
SUBJECT_LONGEST: Final = 255


class ProviderRefusedError(DomainError):
    """One sentence for everything: what the provider said, who it named, and whether such an account is here."""

    code = "provider-sign-in-refused"
    status = 401
    vi = "Không đăng nhập được bằng tài khoản định danh. Hãy thử lại, hoặc đăng nhập cách khác."
    en = "Signing in with the identity account did not work. Try again, or sign in another way."


class ProviderAwayError(DomainError):
    """The provider does not answer, or not as one. Source: QT Đ.3.2; R-ACC-03."""

    code = "provider-away"
    status = 424
    vi = "Hệ thống định danh đang không trả lời. Hãy thử lại sau ít phút, hoặc đăng nhập cách khác."
    en = "The identity provider does not answer. Try again in a few minutes, or sign in another way."


class NoProviderError(NotFoundError):
    """This province has no outside provider."""

    code = "no-provider"
    vi = "Hệ thống này không dùng tài khoản định danh bên ngoài."
    en = "This system uses no outside identity accounts."


@dataclass(frozen=True)
class Client:
    """How this suite is known to its provider; without an issuer there is none."""

    issuer: str = ""
    client_id: str = ""
    secret: str = ""
    public_url: str = ""
    number_claim: str = "id_number"
    """The claim that holds the national number."""
    levels: tuple[str, ...] = ()
    """Levels of assurance (`acr`) that are enough; empty asks for none."""

    def back(self, door: str) -> str:
        """Give the page to which the provider sends the browser back."""
        return self.public_url + (OFFICER_RETURN if door == "officer" else PROVIDER_RETURN)


class Secrets(NamedTuple):
    """What belongs to one attempt: told to the provider, to the browser, or to nobody until the code comes."""

    state: str
    nonce: str
    verifier: str
    binding: str
    """Stays in the browser that began: an answer brought by another one is refused."""

    @classmethod
    def fresh(cls) -> "Secrets":
        """Make them: 256 random bits each."""
        return cls(*(secrets.token_urlsafe(32) for _ in range(4)))


class Metadata(NamedTuple):
    """What the provider says about itself, as far as it is needed."""

    authorization: str
    token: str
    keys: str
    tells_issuer: bool
    """Whether each answer at the browser names the issuer (RFC 9207)."""


class Identified(NamedTuple):
    """Whom the provider named: for ever the same subject, and the national number."""

    subject: str
    number: str


def authorization_url(client: Client, place: str, made: Secrets, door: str) -> str:
    """Give the page of the provider where somebody signs in: code flow, PKCE S256, state and nonce.

    Source: OpenID Connect Core 3.1.2.1; RFC 7636; R-ACC-03
    """
    asked = {
        "response_type": "code",
        "client_id": client.client_id,
        "redirect_uri": client.back(door),
        "scope": SCOPE,
        "state": made.state,
        "nonce": made.nonce,
        "code_challenge": pkce(made.verifier),
        "code_challenge_method": "S256",
    }
    if client.levels:
        asked["acr_values"] = " ".join(client.levels)
    return place + ("&" if "?" in place else "?") + urlencode(asked)


def pkce(verifier: str) -> str:
    """Give the challenge that belongs to a verifier. Source: RFC 7636 4.2."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def metadata(client: Client, told: Mapping[str, Any]) -> Metadata:
    """Read what a provider says about itself; another issuer, or a way in clear, is none.

    Raises: ProviderAwayError.
    Source: OpenID Connect Discovery 4.3
    """
    places = [str(told.get(name)) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    if told.get("issuer") != client.issuer or not all(_closed(one, client.issuer) for one in places):
        raise ProviderAwayError
    tells = told.get("authorization_response_iss_parameter_supported") is True
    return Metadata(places[0], places[1], places[2], tells)


def _closed(place: str, issuer: str) -> bool:
    """Tell whether a way goes over TLS; a provider in clear is one on this machine, in tests."""
    scheme = urlsplit(place).scheme
    return scheme == "https" or (scheme == "http" and urlsplit(issuer).scheme == "http")


def must_be_of(client: Client, told: Metadata, issuer: str | None) -> None:
    """Refuse an answer that another provider gave: the mix-up of two.

    Raises: ProviderRefusedError.
    Source: RFC 9207 2.4
    """
    if issuer is None and not told.tells_issuer:
        return
    if issuer != client.issuer:
        raise ProviderRefusedError


def identified(client: Client, claims: Mapping[str, Any], nonce: str, now: datetime) -> Identified:
    """Believe an ID token whose signature held: of this issuer, for us, fresh, for this very attempt.

    Raises: ProviderRefusedError.
    Source: OpenID Connect Core 3.1.3.7; quality S19
    """
    subject, number = claims.get("sub"), claims.get(client.number_claim)
    believed = (
        claims.get("iss") == client.issuer
        and _for_us(claims, client.client_id)
        and _in_time(claims, now)
        and hmac.compare_digest(str(claims.get("nonce")).encode(), nonce.encode())
        and (not client.levels or claims.get("acr") in client.levels)
    )
    if not (believed and _text(subject) and _text(number)):
        raise ProviderRefusedError
    return Identified(str(subject), str(number))


def _text(told: object) -> bool:
    return isinstance(told, str) and 0 < len(told) <= SUBJECT_LONGEST


def _for_us(claims: Mapping[str, Any], client_id: str) -> bool:
    """Tell whether a token was made for us alone, or says that we are the party it was given to."""
    audience = claims.get("aud")
    named = audience if isinstance(audience, list) else [audience]
    party = claims.get("azp", client_id if len(named) == 1 else None)
    return client_id in named and party == client_id


def _in_time(claims: Mapping[str, Any], now: datetime) -> bool:
    ends, made = _instant(claims.get("exp")), _instant(claims.get("iat"))
    if ends is None or made is None:
        return False
    instant, skew = now.timestamp(), SKEW.total_seconds()
    return instant < ends + skew and made - skew <= instant <= made + FRESH_FOR.total_seconds() + skew


def _instant(told: object) -> float | None:
    return float(told) if isinstance(told, int | float) and not isinstance(told, bool) else None
