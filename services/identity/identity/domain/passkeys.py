"""Passkeys of officers: for which site one is good, what an authenticator must show, and when one looks like a copy."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple, TypeVar
from urllib.parse import urlsplit

from common.errors import ConflictError, DomainError
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationConveyancePreference,
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialParameters,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

T = TypeVar("T")
CHALLENGE_LASTS: Final = timedelta(minutes=5)
"""How long a browser has to answer a challenge."""
PATIENCE: Final = int(CHALLENGE_LASTS.total_seconds()) * 1000
"""The same in milliseconds, as browsers count."""
MOST: Final = 10
NAME_LONGEST: Final = 60
ANSWER_LONGEST: Final = 20_000
ALGORITHMS: Final = (-7, -8, -257)
"""ES256, EdDSA, RS256: what every browser offers, and nothing weaker."""
ID_LONGEST: Final = 1023


class Ceremony(StrEnum):
    """What a challenge is for (nghi thức khóa truy cập)."""

    ADDING = "adding"
    PROVING = "proving"


class PasskeyWrongError(DomainError):
    """What the browser brought is no answer of this officer's passkey to the challenge that is open."""

    code = "passkey-wrong"
    vi = "Khóa truy cập không đúng, hoặc đã quá năm phút. Hãy thử lại, hoặc dùng cách khác."
    en = "The passkey is not right, or five minutes are over. Try again, or use another way."


class PasskeyCopiedError(DomainError):
    """The counter of a passkey went back: somebody may have a copy of it."""

    code = "passkey-copied"
    vi = "Khóa truy cập này có dấu hiệu bị sao chép nên không dùng được nữa. Hãy dùng cách khác và gỡ khóa này."
    en = "This passkey looks as if it had been copied, so it opens nothing any more. Use another way and remove it."


class PasskeyKnownError(ConflictError):
    """One passkey belongs to one account, once."""

    code = "passkey-known"
    vi = "Khóa truy cập này đã được đăng ký."
    en = "This passkey is registered already."


class TooManyPasskeysError(ConflictError):
    """An officer has ten passkeys at most."""

    code = "too-many-passkeys"
    vi = "Mỗi người có tối đa 10 khóa truy cập. Hãy gỡ một khóa không dùng nữa."
    en = "One person has ten passkeys at most. Remove one that is not used any more."


class LastFactorError(ConflictError):
    """Who must have a second factor keeps one. Source: NB Đ.24.3; QT Đ.29.7; R-ACC-10."""

    code = "last-factor"
    vi = "Vai trò của bạn phải xác thực hai bước, và đây là cách cuối cùng. Hãy thêm cách khác trước."
    en = "Your role needs a second factor, and this is the last one. Add another one first."


@dataclass(frozen=True)
class Site:
    """For which domain passkeys are good, and from which pages a browser may ask for one."""

    domain: str
    origins: frozenset[str]

    @classmethod
    def of(cls, public_url: str, domain: str = "", origins: Iterable[str] = ()) -> "Site":
        """Read it from the settings; without any, it is where people open the portal.

        Browsers know no passkeys for a bare address: what runs at 127.0.0.1 has them at localhost.
        """
        told = tuple(origins) or (public_url.replace("//127.0.0.1", "//localhost", 1),)
        pages = frozenset(f"{urlsplit(one).scheme}://{urlsplit(one).netloc}" for one in told)
        return cls(domain or urlsplit(told[0]).hostname or "localhost", pages)

    def server(self) -> Fido2Server:
        """Give what judges answers for this site: no attestation is asked, so that nobody's device is told."""
        rp = PublicKeyCredentialRpEntity(id=self.domain, name="motcua")
        judge = Fido2Server(rp, AttestationConveyancePreference.NONE, verify_origin=self.origins.__contains__)
        kind = PublicKeyCredentialType.PUBLIC_KEY
        judge.allowed_algorithms = [PublicKeyCredentialParameters(type=kind, alg=alg) for alg in ALGORITHMS]
        return judge


class Added(NamedTuple):
    """What is kept of a new passkey: its id, its public half, and how often it signed."""

    credential_id: str
    credential: str
    sign_count: int


def creation_options(
    site: Site, *, handle: bytes, login: str, challenge: str, known: Iterable[str]
) -> dict[str, Any]:
    """Give what a browser needs to make a passkey; `handle` tells nobody's name, `known` are ids not to make again.

    Source: W3C Web Authentication 3, 5.4; R-ACC-10
    """
    options, _ = site.server().register_begin(
        PublicKeyCredentialUserEntity(id=handle, name=login, display_name=login),
        _descriptors(known),
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.REQUIRED,
        challenge=websafe_decode(challenge),
    )
    return {**options.public_key, "timeout": PATIENCE}


def request_options(site: Site, *, challenge: str, known: Iterable[str]) -> dict[str, Any]:
    """Give what a browser needs to show one of the passkeys in `known`. Source: W3C Web Authentication 3, 5.5."""
    options, _ = site.server().authenticate_begin(
        _descriptors(known),
        user_verification=UserVerificationRequirement.REQUIRED,
        challenge=websafe_decode(challenge),
    )
    return {**options.public_key, "timeout": PATIENCE}


def added(site: Site, answer: str, challenge: str) -> Added:
    """Judge a new passkey: made here, for this challenge, its owner verified, with an algorithm we asked for.

    Raises: PasskeyWrongError.
    Source: W3C Web Authentication 3, 7.1
    """
    return _judged(lambda: _added(site, _read(answer), challenge))


def _added(site: Site, answer: Mapping[str, Any], challenge: str) -> Added:
    made = RegistrationResponse.from_dict(answer)
    found = site.server().register_complete(_state(challenge), made)
    credential = found.credential_data
    if credential is None or made.raw_id != credential.credential_id or len(made.raw_id) > ID_LONGEST:
        raise ValueError("no credential of this id")
    if made.response.client_data.cross_origin or credential.public_key.get(3) not in ALGORITHMS:
        raise ValueError("a page in a frame, or an algorithm nobody asked for")
    return Added(websafe_encode(made.raw_id), websafe_encode(bytes(credential)), found.counter)


def named(answer: str) -> str:
    """Give the id of the passkey that an answer is of.

    Raises: PasskeyWrongError.
    """
    return _judged(lambda: websafe_encode(AuthenticationResponse.from_dict(_read(answer)).raw_id))


def proven(site: Site, answer: str, challenge: str, credential: str) -> int:
    """Judge the answer of a kept passkey; give how often it says it signed.

    Raises: PasskeyWrongError.
    Source: W3C Web Authentication 3, 7.2; R-ACC-10
    """
    return _judged(lambda: _proven(site, _read(answer), challenge, credential))


def _proven(site: Site, answer: Mapping[str, Any], challenge: str, credential: str) -> int:
    shown = AuthenticationResponse.from_dict(answer)
    kept = AttestedCredentialData(websafe_decode(credential))
    site.server().authenticate_complete(_state(challenge), [kept], shown)
    if shown.response.client_data.cross_origin:
        raise ValueError("a page in a frame")
    return shown.response.authenticator_data.counter


def looks_copied(kept: int, told: int) -> bool:
    """Tell whether a counter did not go on, as one of a copy would; a device that never counts says 0 each time.

    Source: W3C Web Authentication 3, 7.2 step 22
    """
    return (kept > 0 or told > 0) and told <= kept


def _judged(judge: Callable[[], T]) -> T:
    try:
        return judge()
    except Exception as error:  # bytes of a stranger: whatever they break is the same refusal
        raise PasskeyWrongError(field="credential", rule="passkey") from error


def _read(answer: str) -> dict[str, Any]:
    read = json.loads(answer)
    if not isinstance(read, dict):
        raise TypeError("no answer of a browser")
    return read


def _state(challenge: str) -> dict[str, Any]:
    return {"challenge": challenge, "user_verification": UserVerificationRequirement.REQUIRED}


def _descriptors(known: Iterable[str]) -> list[PublicKeyCredentialDescriptor]:
    kind = PublicKeyCredentialType.PUBLIC_KEY
    return [PublicKeyCredentialDescriptor(type=kind, id=websafe_decode(one)) for one in known]
