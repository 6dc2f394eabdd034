"""Names of people and organisations, and the numbers of their papers."""

import re
import unicodedata
from typing import Any, Final

from regulation.text import cleaned_line, one_apostrophe, one_hyphen

from eforms.definition import Question
from eforms.kinds.base import Kind, one_line
from eforms.texts import AnswerRefusedError, Text

NAME_LENGTHS: Final = (2, 100)
ORGANISATION_LENGTHS: Final = (2, 200)
PERSONAL_NUMBER, OLD_CARD, PASSPORT = "personal_number", "old_card", "passport"
"""Căn cước (12 digits), chứng minh nhân dân cũ (9 digits), hộ chiếu."""
PAPERS: Final = {
    PERSONAL_NUMBER: (
        re.compile(r"[0-9]{12}"),
        Text("12 số trên thẻ căn cước", "12 digits of the identity card"),
    ),
    OLD_CARD: (re.compile(r"[0-9]{9}"), Text("9 số trên giấy CMND cũ", "9 digits of the old card")),
    PASSPORT: (re.compile(r"(?=.*[0-9])[A-Z0-9]{6,9}"), Text("số hộ chiếu", "a passport number")),
}
_LETTER: Final = "A-Za-z\u00c0-\u00cf\u00d1-\u00d6\u00d8-\u00f6\u00f8-\u0188\u018a-\u024f\u1e00-\u1eff"
_STORED_NAME: Final = re.compile(f"[{_LETTER}][{_LETTER}'.-]*(?: [{_LETTER}'.-]+)*")
_STORED_ORGANISATION: Final = re.compile(f"[{_LETTER}0-9'(),./&-]+(?: [{_LETTER}0-9'(),./&-]+)*")
_STORED_TAX_CODE: Final = re.compile("[0-9]{10}(?:[0-9]{2}|-[0-9]{3})?")
_NAME_MARKS: Final = frozenset(" '-.")
_NAME_LENGTH: Final = Text(
    "“{label}” cần từ 2 đến 100 ký tự.",
    "“{label}” needs between 2 and 100 characters.",
)
_NAME_LETTERS: Final = Text(
    "“{label}” chỉ gồm chữ cái La-tinh (như trong hộ chiếu), khoảng trắng, dấu gạch nối, dấu nháy và dấu chấm; "
    "không dùng “{character}”.",
    "“{label}” takes Latin letters, blanks, hyphens, apostrophes and full stops only, not “{character}”.",
)
_ORGANISATION: Final = Text(
    "“{label}” cần từ 2 đến 200 ký tự, không có ký hiệu lạ.",
    "“{label}” needs between 2 and 200 characters without odd signs.",
)
_PAPER: Final = Text("“{label}” phải là {papers}.", "“{label}” must be {papers}.")
_TAX_CODE: Final = Text(
    "“{label}” gồm 10 số, 12 số, hoặc 13 số (ví dụ 0100109106-001).",
    "“{label}” has 10, 12 or 13 digits (for example 0100109106-001).",
)


def person_name(text: str) -> str:
    """Give a person's name in the stored form: Latin letters, NFC, single blanks, one apostrophe and one hyphen.

    A foreigner's name stands in Latin letters in his passport; papers print no other.

    Raises: AnswerRefusedError (letters, length).
    Source: requirements §0.3.4; R-ACC-01
    """
    name = one_hyphen(one_apostrophe(cleaned_line(text)))
    for character in name:
        if not _is_latin(character) and character not in _NAME_MARKS:
            raise _odd(character)
    if not NAME_LENGTHS[0] <= len(name) <= NAME_LENGTHS[1]:
        raise AnswerRefusedError("length", _NAME_LENGTH)
    if not name[0].isalpha():
        raise _odd(name[0])
    return name


def _is_latin(character: str) -> bool:
    """Tell whether a character is a Latin letter, or a tone that belongs to one."""
    return unicodedata.name(character, "").startswith(("LATIN", "COMBINING"))


def _odd(character: str) -> AnswerRefusedError:
    return AnswerRefusedError("letters", _NAME_LETTERS.filled(character=character), found=character)


def organisation_name(text: str) -> str:
    """Give an organisation's name in the stored form.

    Raises: AnswerRefusedError (length).
    Source: requirements §0.3.4; R-ACC-01
    """
    name = one_apostrophe(cleaned_line(text))
    printable = all(unicodedata.category(character)[0] in "LMNPZ" or character in "+" for character in name)
    if not printable or not ORGANISATION_LENGTHS[0] <= len(name) <= ORGANISATION_LENGTHS[1]:
        raise AnswerRefusedError("length", _ORGANISATION)
    return name


def identity_number(text: str, papers: tuple[str, ...] = ()) -> tuple[str, str]:
    """Give the number of an identity paper and which paper it is; `papers` are those that are taken.

    Blanks, full stops and hyphens fall away, letters become capitals.

    Raises: AnswerRefusedError (identity-number).
    Source: Luật Căn cước 2023 Đ.12; R-ACC-01; R-ACC-07
    """
    number = re.sub(r"[ .\-]", "", one_hyphen(cleaned_line(text))).upper()
    taken = papers or tuple(PAPERS)
    for paper in taken:
        if PAPERS[paper][0].fullmatch(number) and len(set(number)) > 1:
            if paper == PASSPORT and number.isdigit() and taken != (PASSPORT,):
                continue  # digits alone are a card's number with a slip, unless only a passport is asked for
            return number, paper
    told = Text(
        " hoặc ".join(PAPERS[paper][1].vi for paper in taken),
        " or ".join(PAPERS[paper][1].en for paper in taken),
    )
    raise AnswerRefusedError("identity-number", _PAPER.filled(papers=told))


def tax_code(text: str) -> str:
    """Give a tax code: 10 digits, 12 (a household's or person's number), or 13 stored as 10-3.

    Raises: AnswerRefusedError (tax-code).
    Source: TT 86/2024/TT-BTC Đ.5; R-ACC-01; R-ACC-07
    """
    digits = re.sub(r"[ .]", "", one_hyphen(cleaned_line(text)))
    if re.fullmatch(r"[0-9]{10}-?[0-9]{3}", digits):
        return f"{digits[:10]}-{digits[-3:]}"
    if re.fullmatch(r"[0-9]{10}|[0-9]{12}", digits):
        return digits
    raise AnswerRefusedError("tax-code", _TAX_CODE)


def _identity(typed: Any, question: Question) -> str:
    return identity_number(one_line(typed), question.papers)[0]


def _name_stored(value: Any, question: Question) -> bool:
    shortest, longest = NAME_LENGTHS
    return (
        isinstance(value, str)
        and shortest <= len(value) <= longest
        and _STORED_NAME.fullmatch(value) is not None
    )


def _organisation_stored(value: Any, question: Question) -> bool:
    shortest, longest = ORGANISATION_LENGTHS
    return (
        isinstance(value, str)
        and shortest <= len(value) <= longest
        and _STORED_ORGANISATION.fullmatch(value) is not None
    )


def _identity_stored(value: Any, question: Question) -> bool:
    return (
        isinstance(value, str)
        and (not question.papers or PERSONAL_NUMBER in question.papers)
        and PAPERS[PERSONAL_NUMBER][0].fullmatch(value) is not None
        and value != value[0] * len(value)
    )


def _tax_code_stored(value: Any, question: Question) -> bool:
    return isinstance(value, str) and _STORED_TAX_CODE.fullmatch(value) is not None


PERSON_NAME: Final = Kind(
    read=lambda typed, question: person_name(one_line(typed)),
    rules=("letters", "length", "maxLength"),
    stored=_name_stored,
)
ORGANISATION_NAME: Final = Kind(
    read=lambda typed, question: organisation_name(one_line(typed)),
    rules=("length", "maxLength"),
    stored=_organisation_stored,
)
IDENTITY_NUMBER: Final = Kind(read=_identity, rules=("identity-number", "pattern"), stored=_identity_stored)
TAX_CODE: Final = Kind(
    read=lambda typed, question: tax_code(one_line(typed)), rules=("tax-code",), stored=_tax_code_stored
)
