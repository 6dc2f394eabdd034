"""Where a person can be reached: telephone numbers and e-mail addresses, one stored form each."""

import re
from typing import Any, Final

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat
from regulation.text import cleaned_line, one_hyphen

from eforms.definition import Question
from eforms.kinds.base import Kind, one_line
from eforms.texts import AnswerRefusedError, Text

HOME: Final = "VN"
EMAIL_LONGEST: Final = 254
_WRITTEN: Final = re.compile(r"[+0-9 ().\-/]{6,30}")
_ABROAD: Final = re.compile(r"^00(?=[1-9])")
_HERE: Final = re.compile(r"^(?:0(?!0)|\+?84)")
_MOBILE: Final = re.compile(r"[35789][0-9]{8}")
_MOBILE_HERE: Final = re.compile(r"(?:0|\+84)([35789][0-9]{8})")
_MARKS: Final = re.compile(r"[ ().\-/]")
_STORED_MOBILE: Final = re.compile(r"\+84[35789][0-9]{8}")
_EMAIL: Final = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}"
)
_PHONE_SAID: Final = Text(
    "“{label}” chưa đúng. Ví dụ: 0912 345 678, 024 3825 1234, hoặc số nước ngoài bắt đầu bằng dấu +.",
    "“{label}” is not right. For example 0912 345 678, 024 3825 1234, or a foreign number beginning with +.",
)
_EMAIL_SAID: Final = Text(
    "“{label}” chưa đúng dạng, ví dụ: ten@example.vn.",
    "“{label}” is not in the right form, for example name@example.vn.",
)


def phone(text: str) -> str:
    """Give a telephone number, mobile or landline, here or abroad, as `+84…`.

    Raises: AnswerRefusedError (phone).
    Source: R-ACC-01
    """
    written = one_hyphen(cleaned_line(text))
    digits = _ABROAD.sub("+", _MARKS.sub("", written))
    here = bool(_HERE.match(digits))
    if not _WRITTEN.fullmatch(written) or not (here or digits.startswith("+")):
        raise AnswerRefusedError("phone", _PHONE_SAID)
    if mobile := _MOBILE_HERE.fullmatch(digits):
        return f"+84{mobile[1]}"
    return _looked_up(digits, here)


def _looked_up(digits: str, here: bool) -> str:
    """Ask the tables of numbering plans. Raises: AnswerRefusedError (phone)."""
    try:
        number = phonenumbers.parse(digits, HOME)
    except NumberParseException:
        raise AnswerRefusedError("phone", _PHONE_SAID) from None
    # Tables of prefixes lag behind: abroad the length decides, here a mobile number may have a prefix of tomorrow.
    new = here and _MOBILE.fullmatch(str(number.national_number))
    right = phonenumbers.is_valid_number if here else phonenumbers.is_possible_number
    if not new and not right(number):
        raise AnswerRefusedError("phone", _PHONE_SAID)
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def told_phone(value: str) -> str:
    """Write a stored number as people here do: `0912 345 678`, a foreign one with its country code."""
    try:
        number = phonenumbers.parse(value, HOME)
    except NumberParseException:
        return value
    here = number.country_code == phonenumbers.country_code_for_region(HOME)
    form = PhoneNumberFormat.NATIONAL if here else PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(number, form))


def email(text: str) -> str:
    """Give an e-mail address in lower case, its domain in the form the mail system uses.

    Raises: AnswerRefusedError (email).
    Source: R-ACC-01
    """
    local, at, domain = cleaned_line(text).lower().rpartition("@")
    try:
        address = f"{local}{at}{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise AnswerRefusedError("email", _EMAIL_SAID) from None
    if not _EMAIL.fullmatch(address) or len(address) > EMAIL_LONGEST or ".." in local:
        raise AnswerRefusedError("email", _EMAIL_SAID)
    return address


def told_email(value: str) -> str:
    """Write a stored address with the letters of its domain."""
    local, at, domain = value.rpartition("@")
    try:
        shown = f"{local}{at}{domain.encode('ascii').decode('idna')}"
    except UnicodeError:
        return value
    return shown if shown.isprintable() else value


def _phone_stored(value: Any, question: Question) -> bool:
    return isinstance(value, str) and _STORED_MOBILE.fullmatch(value) is not None


def _email_stored(value: Any, question: Question) -> bool:
    return (
        isinstance(value, str)
        and len(value) <= EMAIL_LONGEST
        and ".." not in value
        and _EMAIL.fullmatch(value) is not None
    )


def _told(value: Any, question: Question, lang: str) -> str:
    return told_phone(str(value))


PHONE: Final = Kind(
    read=lambda typed, question: phone(one_line(typed)),
    write=lambda value, question: told_phone(str(value)),
    tell=_told,
    rules=("phone",),
    stored=_phone_stored,
)
EMAIL: Final = Kind(
    read=lambda typed, question: email(one_line(typed)),
    write=lambda value, question: told_email(str(value)),
    tell=lambda value, question, lang: told_email(str(value)),
    rules=("email", "maxLength"),
    stored=_email_stored,
)
