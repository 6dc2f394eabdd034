"""Where a person can be reached: telephone numbers and e-mail addresses in one form each."""

import re

from identity.domain.errors import EmailInvalidError, PhoneInvalidError

MOBILE = re.compile(r"[35789][0-9]{8}")
LANDLINE = re.compile(r"2[0-9]{9}")
FOREIGN = re.compile(r"\+(?!84)[1-9][0-9]{7,14}")
EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}"
)
EMAIL_LONGEST = 254
CHANNELS = ("portal", "email", "sms")


def e164(text: str, field: str = "phone") -> str:
    """Give a telephone number as `+84…`, from any of the ways Vietnamese people write one.

    Raises: PhoneInvalidError.
    Source: R-ACC-01
    """
    digits = re.sub(r"[\s().\-–]", "", text)
    digits = re.sub(r"^00", "+", digits)
    if FOREIGN.fullmatch(digits):
        return digits
    national = re.sub(r"^(\+84|84(?=[0-9]{9,10}$)|0)0?", "", digits)
    if national != digits and (MOBILE.fullmatch(national) or LANDLINE.fullmatch(national)):
        return f"+84{national}"
    raise PhoneInvalidError(field=field, rule="phone")


def email_address(text: str, field: str = "email") -> str:
    """Give an e-mail address in lower case, its domain in the form the mail system uses.

    Raises: EmailInvalidError.
    Source: R-ACC-01
    """
    local, at, domain = text.strip().lower().rpartition("@")
    try:
        address = f"{local}{at}{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise EmailInvalidError(field=field, rule="email") from None
    if not EMAIL.fullmatch(address) or len(address) > EMAIL_LONGEST or ".." in local:
        raise EmailInvalidError(field=field, rule="email")
    return address


def masked_email(address: str) -> str:
    """Show enough of an address for its owner to know it: `c•••n@example.vn`."""
    local, _, domain = address.partition("@")
    tail = local[-1] if len(local) > 2 else ""
    return f"{local[0]}•••{tail}@{domain}"
