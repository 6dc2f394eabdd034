"""Where a person can be reached: telephone numbers and e-mail addresses in one form each."""

import uuid
from datetime import timedelta
from typing import Final, NamedTuple

from common.errors import DomainError
from eforms import AnswerRefusedError
from eforms.kinds import contacts

from identity.domain.errors import EmailInvalidError, PhoneInvalidError

WAY_BACK: Final = timedelta(days=7)
"""How long the address an account had before still leads back to it."""
NOWHERE: Final = "none.invalid"
CHANNELS = ("portal", "email", "sms")


def e164(text: str, field: str = "phone") -> str:
    """Give a telephone number as `+84…`, by the rule that forms have too.

    Raises: PhoneInvalidError.
    Source: R-ACC-01
    """
    try:
        return contacts.phone(text)
    except AnswerRefusedError:
        raise PhoneInvalidError(field=field, rule="phone") from None


def email_address(text: str, field: str = "email") -> str:
    """Give an e-mail address in lower case, by the rule that forms have too.

    Raises: EmailInvalidError.
    Source: R-ACC-01
    """
    try:
        return contacts.email(text)
    except AnswerRefusedError:
        raise EmailInvalidError(field=field, rule="email") from None


def masked_email(address: str) -> str:
    """Show enough of an address for its owner to know it: `c•••n@example.vn`."""
    local, _, domain = address.partition("@")
    tail = local[-1] if len(local) > 2 else ""
    return f"{local[0]}•••{tail}@{domain}"


def nowhere(account: uuid.UUID) -> str:
    """Give what stands in the place of an address where an account has none: it is nobody's, for ever."""
    return f"{account.hex}@{NOWHERE}"


def reachable(address: str) -> str | None:
    """Give an address, or None where it only stands for none."""
    return None if address.endswith(f"@{NOWHERE}") else address


def mailbox(address: str) -> str:
    """Give the mailbox of an address: what follows a plus sign, and the case of letters, make no other one."""
    name, _, host = address.rpartition("@")
    return f"{name.partition('+')[0]}@{host}".lower()


class OwnAddressError(DomainError):
    """A code at the counter is for who stands there, never for the officer. Source: QT Đ.25.2; R-INT-16"""

    code = "own-address"
    vi = "Đây là địa chỉ của chính cán bộ. Mã xác nhận chỉ gửi cho người nộp; người nộp không có thì ký giấy."
    en = "This is the officer's own address. The code goes to the applicant alone; who has none signs on paper."


class Confirmed(NamedTuple):
    """What a code at the counter confirms: where it was sent, for which draft, and the mark of what stands in it."""

    sent_to: str
    draft: str
    fingerprint: str

    @property
    def ending(self) -> str:
        """Give what the officer sees of where it went."""
        return self.sent_to[-3:] if "@" not in self.sent_to else self.sent_to.partition("@")[2]


def must_be_others(address: str, *own: str | None) -> None:
    """Refuse an address of the officer, however it is written: nobody confirms for others what he wrote down himself.

    Raises: OwnAddressError.
    Source: QT Đ.25.2; R-INT-16
    """
    if mailbox(address) in {mailbox(one) for one in own if one}:
        raise OwnAddressError(field="to", rule="another-person")


def told_to(address: str) -> str:
    """Give a telephone or an e-mail address that a code goes to, in its one form.

    Raises: PhoneInvalidError, EmailInvalidError.
    Source: QT Đ.25.2; R-INT-16
    """
    return email_address(address, "to") if "@" in address else e164(address, "to")
