"""What counts as a person: a real name and one identity document."""

import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple

from regulation.text import fold, nfc

from identity.domain.errors import (
    IdNumberInvalidError,
    LoginInvalidError,
    NameInvalidError,
    NameLengthError,
    NameNotAPersonError,
    OrganisationNameMissingError,
    TaxCodeInvalidError,
)

NAME_LENGTHS = (2, 100)
ORGANISATION_LENGTHS = (2, 200)
NAME_MARKS = frozenset(" '’-.")
PERSONAL_NUMBER = re.compile(r"[0-9]{12}")
PASSPORT = re.compile(r"(?=.*[0-9])[A-Z0-9]{6,9}")
TAX_CODE = re.compile(r"[0-9]{10}(-[0-9]{3})?")
LOGIN = re.compile(r"(?=.*[a-z])[a-z0-9](?:[a-z0-9.]{1,58})[a-z0-9]")
# Words that name a desk, a post or an office; folded, so that marks and case do not matter.
POSTS = (
    "mot cua",
    "bo phan",
    "can bo",
    "cong chuc",
    "vien chuc",
    "van thu",
    "chuyen vien",
    "lanh dao",
    "giam doc",
    "chu tich",
    "truong phong",
    "phong ban",
    "so tu phap",
    "uy ban",
    "ubnd",
    "trung tam",
    "van phong",
    "quan tri",
    "tai khoan",
    "dung chung",
    "admin",
    "administrator",
    "user",
    "test",
    "guest",
    "tiep nhan",
    "he thong",
)


class DocumentKind(StrEnum):
    """Kind of identity document (giấy tờ tùy thân)."""

    PERSONAL_NUMBER = "personal_number"
    PASSPORT = "passport"


class IdNumber(NamedTuple):
    """An identity number as it is kept: digits only, or capital letters and digits."""

    value: str
    kind: DocumentKind


def person_name(text: str, field: str = "full_name") -> str:
    """Give the name in NFC with single spaces.

    Raises: NameLengthError, NameInvalidError (emoji, digits, symbols).
    Source: requirements 0.3.4; R-ACC-01
    """
    name = " ".join(nfc(text).split())
    for character in name:
        if unicodedata.category(character)[0] not in "LM" and character not in NAME_MARKS:
            raise NameInvalidError(field=field, rule="letters", character=character)
    if not NAME_LENGTHS[0] <= len(name) <= NAME_LENGTHS[1]:
        raise NameLengthError(field=field, rule="length")
    return name


def officer_name(text: str, field: str = "full_name") -> str:
    """Give the name of one named person: two words at least, and no post or desk.

    Raises: NameLengthError, NameInvalidError, NameNotAPersonError.
    Source: NB Đ.2.3; TN Đ.11.3.a; R-ACC-11
    """
    name = person_name(text, field)
    # At the beginning only: a name begins with a family name, and Lê Văn Thư is a person.
    if len(name.split()) < 2 or f"{fold(name)} ".startswith(tuple(f"{post} " for post in POSTS)):
        raise NameNotAPersonError(field=field, rule="one-person", name=name)
    return name


def id_number(text: str, nationality: str | None = None, field: str = "id_number") -> IdNumber:
    """Read a personal number (12 digits) or, for foreigners, a passport number.

    Raises: IdNumberInvalidError.
    Source: R-ACC-01; R-ACC-07
    """
    value = re.sub(r"[\s.]", "", nfc(text)).upper()
    if PERSONAL_NUMBER.fullmatch(value) and len(set(value)) > 1:
        return IdNumber(value, DocumentKind.PERSONAL_NUMBER)
    # Nine digits are the old identity card, which is no longer valid, unless a nationality says passport.
    foreign = nationality not in {None, "", "VN"} or not value.isdigit()
    if foreign and nationality != "VN" and PASSPORT.fullmatch(value):
        return IdNumber(value, DocumentKind.PASSPORT)
    raise IdNumberInvalidError(field=field, rule="twelve-digits")


def tax_code(text: str | None, field: str = "tax_code") -> str:
    """Give the tax code of an organisation.

    Raises: TaxCodeInvalidError.
    Source: R-ACC-01; R-ACC-07
    """
    value = re.sub(r"\s", "", text or "")
    if not TAX_CODE.fullmatch(value):
        raise TaxCodeInvalidError(field=field, rule="tax-code")
    return value


def organisation_name(text: str | None, field: str = "organisation_name") -> str:
    """Give the organisation's name in NFC with single spaces.

    Raises: OrganisationNameMissingError.
    Source: R-ACC-01; R-ACC-07
    """
    name = " ".join(nfc(text or "").split())
    printable = all(unicodedata.category(character)[0] in "LMNPZ" or character in "+&" for character in name)
    if not printable or not ORGANISATION_LENGTHS[0] <= len(name) <= ORGANISATION_LENGTHS[1]:
        raise OrganisationNameMissingError(field=field, rule="length")
    return name


def login_name(text: str, field: str = "login") -> str:
    """Give the sign-in name of an officer.

    Raises: LoginInvalidError.
    Source: R-ACC-11
    """
    value = text.strip().lower()
    if not LOGIN.fullmatch(value) or ".." in value:
        raise LoginInvalidError(field=field, rule="login")
    return value
