"""What counts as a person: a real name and one identity document."""

import re
from enum import StrEnum
from typing import NamedTuple

from eforms import AnswerRefusedError
from eforms.kinds import people
from regulation.text import cleaned_line, fold, has_diacritics, tone_folded

from identity.domain.errors import (
    IdNumberInvalidError,
    LoginInvalidError,
    NameInvalidError,
    NameLengthError,
    NameNotAPersonError,
    OrganisationNameMissingError,
    TaxCodeInvalidError,
)

LOGIN = re.compile(r"(?=.*[a-z])[a-z0-9](?:[a-z0-9.]{1,58})[a-z0-9]")
# Words that name a desk, a post or an office, with their marks: Văn thư is a post, Văn Thu Hà a person.
POSTS = (
    "một cửa",
    "bộ phận",
    "cán bộ",
    "công chức",
    "viên chức",
    "văn thư",
    "chuyên viên",
    "lãnh đạo",
    "giám đốc",
    "chủ tịch",
    "trưởng phòng",
    "phòng ban",
    "sở tư pháp",
    "ủy ban",
    "ubnd",
    "trung tâm",
    "văn phòng",
    "quản trị",
    "tài khoản",
    "dùng chung",
    "admin",
    "administrator",
    "user",
    "test",
    "guest",
    "tiếp nhận",
    "hệ thống",
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
    """Give the name in NFC with single spaces, by the rule that forms have too.

    Raises: NameLengthError, NameInvalidError (emoji, digits, symbols).
    Source: requirements 0.3.4; R-ACC-01
    """
    try:
        return people.person_name(text)
    except AnswerRefusedError as refused:
        if refused.found:
            raise NameInvalidError(field=field, rule="letters", character=refused.found) from None
        raise NameLengthError(field=field, rule="length") from None


def officer_name(text: str, field: str = "full_name") -> str:
    """Give the name of one named person: two words at least, and no post or desk.

    A post counts at the beginning only and with its marks: a name begins with a family name, and Lê Văn Thư and
    Văn Thu Hà are persons. A name typed without any marks is a post only when it is nothing else.

    Raises: NameLengthError, NameInvalidError, NameNotAPersonError.
    Source: NB Đ.2.3; TN Đ.11.3.a; R-ACC-11
    """
    name = person_name(text, field)
    words = f"{tone_folded(name).casefold()} "
    post = words.startswith(tuple(f"{post} " for post in POSTS)) or (
        not has_diacritics(name) and fold(name) in {fold(post) for post in POSTS}
    )
    if post or len(name.split()) < 2:
        raise NameNotAPersonError(field=field, rule="one-person", name=name)
    return name


def id_number(text: str, nationality: str | None = None, field: str = "id_number") -> IdNumber:
    """Read a personal number (12 digits) or, for foreigners, a passport number.

    The old card of nine digits is no longer valid for an account; a nationality that is not ours says passport.

    Raises: IdNumberInvalidError.
    Source: R-ACC-01; R-ACC-07
    """
    either = ((people.PERSONAL_NUMBER, people.PASSPORT),)
    foreign = ((people.PERSONAL_NUMBER,), (people.PASSPORT,))
    for papers in foreign[:1] if nationality == "VN" else foreign if nationality else either:
        try:
            value, paper = people.identity_number(text, papers)
        except AnswerRefusedError:
            continue
        return IdNumber(value, DocumentKind(paper))
    raise IdNumberInvalidError(field=field, rule="twelve-digits")


def tax_code(text: str | None, field: str = "tax_code") -> str:
    """Give the tax code of an organisation or a household business, by the rule that forms have too.

    Raises: TaxCodeInvalidError.
    Source: R-ACC-01; R-ACC-07
    """
    try:
        return people.tax_code(text or "")
    except AnswerRefusedError:
        raise TaxCodeInvalidError(field=field, rule="tax-code") from None


def organisation_name(text: str | None, field: str = "organisation_name") -> str:
    """Give the organisation's name in NFC with single spaces, by the rule that forms have too.

    Raises: OrganisationNameMissingError.
    Source: R-ACC-01; R-ACC-07
    """
    try:
        return people.organisation_name(text or "")
    except AnswerRefusedError:
        raise OrganisationNameMissingError(field=field, rule="length") from None


def login_name(text: str, field: str = "login") -> str:
    """Give the sign-in name of an officer.

    Raises: LoginInvalidError.
    Source: R-ACC-11
    """
    value = cleaned_line(text).lower()
    if not LOGIN.fullmatch(value) or ".." in value:
        raise LoginInvalidError(field=field, rule="login")
    return value
