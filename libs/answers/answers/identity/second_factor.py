"""Identity: its answers about second_factor."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from answers.answer import Answer
from answers.identity.shared import TokenOut


class ConfirmedOut(Answer):
    """Fresh tokens, and the recovery codes, which are shown this once."""

    recovery_codes: tuple[str, ...]
    tokens: TokenOut


class FactorOut(Answer):
    """Whether one has a second factor, whether one must, and how many recovery codes are left."""

    codes_left: int
    enrolled: bool
    mandatory: bool


class OfferOut(Answer):
    """A secret for an authenticator app, to be typed or read from a QR code of the address."""

    address: str
    key: str
