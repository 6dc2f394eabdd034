"""Identity: its answers about second_factor."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from answers.answer import Answer
from answers.identity.parts import AccountOut
from answers.identity.shared import TokenOut


class CodesOut(Answer):
    """Fresh recovery codes, shown this once."""

    recovery_codes: tuple[str, ...]


class ConfirmedOut(Answer):
    """Fresh tokens, and with a first second factor the recovery codes, which are shown this once."""

    recovery_codes: tuple[str, ...]
    tokens: TokenOut


class FactorOut(Answer):
    """Whether one has a second factor, whether one must, of what it is made, and how many recovery codes …"""

    app_since: datetime | None
    codes_left: int
    enrolled: bool
    mandatory: bool
    passkey_count: int


class OfferOut(Answer):
    """A secret for an authenticator app, to be typed or read from a QR code of the address."""

    address: str
    key: str


class OptionsOut(Answer):
    """What a browser is asked with; binary values stand in URL-safe base64."""

    public_key: Mapping[str, Any]


class PasskeyOut(Answer):
    """A passkey as its owner knows it."""

    added_at: datetime
    copied_at: datetime | None
    id: str
    last_used_at: datetime | None
    name: str


class PasskeysOut(Answer):
    """One's own second factors: whether an authenticator app is on, and the passkeys, the oldest first."""

    app: bool
    items: tuple[PasskeyOut, ...]


class ProvedOut(Answer):
    """Fresh tokens, and after a recovery code, which is spent, how many are left."""

    access_token: str
    account: AccountOut
    change_due: str
    codes_left: int | None = None
    device: str | None = None
    ends_at: datetime
    expires_in: int
    idle_seconds: int
    must_change_password: bool
    owes: str
    refresh_token: str
    session_id: str
    statements_due: bool
    token_type: str = "Bearer"
