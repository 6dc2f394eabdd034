"""Numbers and sums of money as they are written in Viet Nam: `1.250`, `120,5`, `150 000 000 đ`."""

import math
import re
from decimal import Decimal
from typing import Any, Final

from regulation.text import cleaned_line, one_hyphen

from eforms.definition import Question
from eforms.kinds.base import Kind, one_line
from eforms.texts import AnswerRefusedError, Text

MOST_DIGITS: Final = 15
"""As many as every program keeps exactly."""
CURRENCY: Final = re.compile(r"(?:đồng|vnđ|vnd|đ|₫)\.?$", re.IGNORECASE)
_WHOLE: Final = re.compile(r"-?(?:[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+)")
_NOT_A_NUMBER: Final = Text(
    "“{label}” phải là số, ví dụ {example}.", "“{label}” must be a number, for example {example}."
)
_UNCLEAR: Final = Text(
    "“{label}”: chưa rõ “{typed}” là số nào. Viết dấu chấm giữa các nghìn và dấu phẩy trước phần lẻ, ví dụ {example}.",
    "“{label}”: it is not clear which number “{typed}” is. Write full stops between thousands and a comma before"
    " the fraction, for example {example}.",
)
_FRACTION: Final = Text(
    "“{label}” chỉ lấy tối đa {decimals} chữ số sau dấu phẩy.",
    "“{label}” takes at most {decimals} digits after the comma.",
)
_NO_FRACTION: Final = Text(
    "“{label}” phải là số nguyên, ví dụ {example}.",
    "“{label}” must be a whole number, for example {example}.",
)
_TOO_LONG: Final = Text("“{label}” có quá nhiều chữ số.", "“{label}” has too many digits.")


def number(text: str, decimals: int = 0) -> int | float:
    """Read a number in Vietnamese notation; with `decimals` it may have a fraction.

    What two notations read differently (`1,250`; `120.5`) is asked about, never guessed.

    Raises: AnswerRefusedError (number, notation, decimals, digits).
    Source: requirements §0.3.4
    """
    written = re.sub(r"^- ", "-", one_hyphen(cleaned_line(text)))
    example = "1.250,5" if decimals else "1.250"
    whole, comma, fraction = written.partition(",")
    if not re.fullmatch(r"-?[0-9][0-9., ]*", written):
        raise AnswerRefusedError("number", _NOT_A_NUMBER.filled(example=example))
    if not _WHOLE.fullmatch(whole) or (comma and _unclear(whole, fraction)):
        raise AnswerRefusedError("notation", _UNCLEAR.filled(typed=written, example=example))
    if comma and len(fraction.rstrip("0")) > decimals:
        said = _FRACTION.filled(decimals=decimals) if decimals else _NO_FRACTION.filled(example=example)
        raise AnswerRefusedError("decimals", said)
    digits = re.sub(r"[. ]", "", whole)
    if len(digits.lstrip("-0") + fraction) > MOST_DIGITS:
        raise AnswerRefusedError("digits", _TOO_LONG)
    return _plain(Decimal(f"{digits}.{fraction or 0}"))


def _unclear(whole: str, fraction: str) -> bool:
    """Tell a comma that may stand between thousands, or that has no digits behind it."""
    if not re.fullmatch(r"[0-9]+", fraction):
        return True
    grouped = any(mark in whole for mark in ". ")
    return len(fraction) == 3 and not grouped and bool(re.fullmatch(r"-?[1-9][0-9]{0,2}", whole))


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def told_number(value: float) -> str:
    """Write a number in Vietnamese notation."""
    whole, _, fraction = f"{Decimal(repr(value)):f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    sign = "-" if whole.startswith("-") and not grouped.startswith("-") else ""
    return f"{sign}{grouped}{',' + fraction if fraction.strip('0') else ''}"


def money(text: str) -> int:
    """Read a sum of money in đồng, with or without the word behind it.

    Raises: AnswerRefusedError (number, notation, decimals, digits).
    Source: requirements §0.3.4
    """
    return int(number(CURRENCY.sub("", cleaned_line(text)).strip()))


def _read(typed: Any, question: Question) -> int | float:
    if isinstance(typed, int | float) and not isinstance(typed, bool) and math.isfinite(typed):
        return number(told_number(typed), question.decimals)
    text = one_line(typed)
    if question.unit and text.casefold().endswith(question.unit.casefold()):
        text = text[: -len(question.unit)]
    return number(text, question.decimals)


def _read_money(typed: Any, question: Question) -> int:
    return int(_read(typed, question)) if not isinstance(typed, str) else money(typed)


def _written(value: Any, question: Question) -> str:
    return told_number(value) if isinstance(value, int | float) else str(value)


def _told(value: Any, question: Question, lang: str) -> str:
    return f"{_written(value, question)} {question.unit}".strip()


def _told_money(value: Any, question: Question, lang: str) -> str:
    return f"{_written(value, question)} {'đồng' if lang == 'vi' else 'VND'}"


def _number_stored(value: Any, question: Question) -> bool:
    return type(value) is int and abs(value) < 10**MOST_DIGITS


_RULES: Final = ("number", "notation", "decimals", "digits", "minimum", "maximum")
NUMBER: Final = Kind(
    read=_read, write=_written, tell=_told, data=("integer", "number"), rules=_RULES, stored=_number_stored
)
MONEY: Final = Kind(
    read=_read_money, write=_written, tell=_told_money, data=("integer",), rules=_RULES, stored=_number_stored
)
CALCULATED: Final = Kind(
    read=_read,
    write=_written,
    tell=_told,
    data=("integer", "number"),
    rules=("minimum", "maximum"),
    stored=_number_stored,
)
