"""Dates, whole or partial, times of day and periods, each fault told by its own sentence."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from regulation.text import fold, one_hyphen

from eforms.dates import days_in, span_of, told_date
from eforms.definition import Question
from eforms.kinds.base import Kind, one_line, parts_of
from eforms.texts import AnswerRefusedError, Text

PARTS: Final = ("day", "month", "year")
ENDS: Final = ("from", "to")
EARLIEST, LATEST = 1000, 2999
_NAMES: Final = {
    "day": Text("ngày", "the day"),
    "month": Text("tháng", "the month"),
    "year": Text("năm", "the year"),
}
_WORDS: Final = frozenset({"ngay", "thang", "thg", "t", "nam", "mung", "mong"})
"""The words that may stand in a date; another one may say a month or a doubt, and is never passed over."""
_WORD: Final = re.compile(r"^(?:ngay|thang|nam|mung|mong)\s*")
_DIGITS: Final = re.compile(r"[0-9]{1,4}")
_LIMITS: Final = {"day": 31, "month": 12}
_MISSING: Final = Text("Hãy ghi {parts} của “{label}”.", "Enter {parts} of “{label}”.")
_DAY: Final = Text(
    "Ngày của “{label}” phải là số từ 1 đến 31.", "The day of “{label}” must be a number from 1 to 31."
)
_MONTH: Final = Text(
    "Tháng của “{label}” phải là số từ 1 đến 12.", "The month of “{label}” must be a number from 1 to 12."
)
_YEAR: Final = Text(
    "Năm của “{label}” phải có bốn chữ số, ví dụ 2026.",
    "The year of “{label}” must have four digits, for example 2026.",
)
_OUT_OF_RANGE: Final = {"day": _DAY, "month": _MONTH, "year": _YEAR}
_NO_SUCH_DAY: Final = Text(
    "“{label}”: tháng {month} năm {year} chỉ có {days} ngày.",
    "“{label}”: month {month} of {year} has only {days} days.",
)
_NO_DATE: Final = Text(
    "“{label}” phải là ngày, tháng, năm, ví dụ 05/12/2026.",
    "“{label}” must be a date, for example 05/12/2026.",
)
_FUTURE: Final = Text("“{label}” không được sau ngày hôm nay.", "“{label}” cannot be in the future.")
_NO_TIME: Final = Text(
    "“{label}” phải là giờ và phút, ví dụ 08:30.", "“{label}” must be a time, for example 08:30."
)
_TURNED: Final = Text("“{label}”: ngày kết thúc ở trước ngày bắt đầu.", "“{label}” ends before it begins.")
_NEEDED: Final = {"day": PARTS, "month": ("month", "year"), "year": ("year",)}


def read_date(typed: Any, precision: str = "day") -> str:
    """Read a date from one text or from three boxes; `precision` is the least it must say.

    Returns `YYYY-MM-DD`, or `YYYY-MM` or `YYYY` where less is known and allowed.

    Raises: AnswerRefusedError (date, incomplete, day, month, year, no-such-day).
    Source: requirements §0.3.4
    """
    said = _apart(typed)
    lacking = [part for part in PARTS if part in _NEEDED[precision] and not said[part]]
    if said["day"] and not said["month"] and "month" not in lacking:
        lacking.insert(0, "month")
    if lacking:
        raise AnswerRefusedError("incomplete", _MISSING.filled(parts=_listed(lacking)), lacking[0])
    numbers = {part: _number(part, text) for part, text in said.items() if text}
    year, month, day = (numbers.get(part) for part in ("year", "month", "day"))
    if day and month and year and day > (days := days_in(year, month)):
        raise AnswerRefusedError("no-such-day", _NO_SUCH_DAY.filled(month=month, year=year, days=days), "day")
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part)])


def _apart(typed: Any) -> dict[str, str]:
    """Take a date apart; a whole date typed into the first box counts."""
    boxes = (
        parts_of(typed, PARTS)
        if isinstance(typed, Mapping)
        else {"day": one_line(typed), "month": "", "year": ""}
    )
    text = one_hyphen(boxes["day"])
    if boxes["month"] or boxes["year"]:
        return boxes
    if span_of(text) or re.fullmatch(r"[0-9]{4}(-[0-9]{1,2}){1,2}", text):
        pieces = [*text.split("-"), "", ""]
        return {"year": pieces[0], "month": pieces[1], "day": pieces[2]}
    plain = fold(text)
    pieces = re.split(r"[/.\- ]+", re.sub(r"[^0-9/.\- ]+", " ", plain).strip())
    if len(pieces) in (2, 3) and set(re.findall(r"[^\W\d_]+", plain)) <= _WORDS:
        return dict(zip(PARTS, ["", *pieces][-3:], strict=True))
    if isinstance(typed, Mapping):
        return boxes
    raise AnswerRefusedError("date", _NO_DATE)


def _number(part: str, text: str) -> int:
    digits = _WORD.sub("", fold(text))
    first, last = (EARLIEST, LATEST) if part == "year" else (1, _LIMITS[part])
    if not _DIGITS.fullmatch(digits) or not first <= int(digits) <= last:
        raise AnswerRefusedError(part, _OUT_OF_RANGE[part], part)
    return int(digits)


def _listed(parts: Sequence[str]) -> Text:
    return Text(", ".join(_NAMES[part].vi for part in parts), ", ".join(_NAMES[part].en for part in parts))


def written_date(value: Any) -> dict[str, str]:
    """Give the texts of the three boxes: of a stored date without leading zeros, of typed boxes as typed."""
    if isinstance(value, Mapping):
        return {part: str(value.get(part, "")) for part in PARTS}
    if span_of(value) is None:
        return {"day": str(value), "month": "", "year": ""}
    year, month, day = [*str(value).split("-"), "", ""][:3]
    return {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year}


def check_past(value: Any, question: Question, today: date) -> None:
    """Refuse a date that lies wholly after today. Raises: AnswerRefusedError (past)."""
    span = span_of(value) if question.past else None
    if span is not None and span.first > today:
        raise AnswerRefusedError("past", _FUTURE)


def read_time(typed: Any, question: Question) -> str:
    """Read a time of day: `8h30`, `8 giờ`, `08:30`. Raises: AnswerRefusedError (time)."""
    found = re.fullmatch(r"([0-9]{1,2}) ?(?:[:hg.]|gio) ?([0-9]{1,2})? ?(?:p|phut)?", fold(one_line(typed)))
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise AnswerRefusedError("time", _NO_TIME)
    return f"{hour:02d}:{minute:02d}"


def read_period(typed: Any, question: Question) -> dict[str, str]:
    """Read a period of two dates. Raises: AnswerRefusedError (of either date, or order)."""
    if not isinstance(typed, Mapping):
        raise AnswerRefusedError("date", _NO_DATE)
    ends = {end: _read_end(typed, end, question) for end in ENDS}
    first, last = span_of(ends["from"]), span_of(ends["to"])
    if first and last and last.last < first.first:
        raise AnswerRefusedError("order", _TURNED, "to")
    return ends


def _read_end(typed: Mapping[str, Any], end: str, question: Question) -> str:
    boxes = {part: typed.get(f"{end}-{part}", "") for part in PARTS}
    try:
        return read_date(typed.get(end) or boxes, question.precision)
    except AnswerRefusedError as refused:
        raise AnswerRefusedError(
            refused.rule, refused.text, *(f"{end}-{part}" for part in refused.path)
        ) from None


def _written_period(value: Any, question: Question) -> dict[str, str]:
    if not set(value) <= set(ENDS):
        return {name: str(value.get(name, "")) for name in PERIOD.parts}
    return {f"{end}-{part}": text for end in ENDS for part, text in written_date(value[end]).items()}


_LENGTHS: Final = {"day": (10,), "month": (7, 10), "year": (4, 7, 10)}


def _date_stored(value: Any, question: Question) -> bool:
    return (
        isinstance(value, str)
        and len(value) in _LENGTHS[question.precision]
        and value[0] in "12"
        and span_of(value) is not None
    )


_RULES: Final = ("date", "incomplete", "day", "month", "year", "no-such-day", "past")
DATE: Final = Kind(
    read=lambda typed, question: read_date(typed, question.precision),
    write=lambda value, question: written_date(value),
    tell=lambda value, question, lang: told_date(str(value)),
    parts=PARTS,
    rules=_RULES,
    check=check_past,
    stored=_date_stored,
)
TIME: Final = Kind(read=read_time, rules=("time",))
PERIOD: Final = Kind(
    read=read_period,
    write=_written_period,
    tell=lambda value, question, lang: " – ".join(told_date(value[end]) for end in ENDS),
    parts=tuple(f"{end}-{part}" for end in ENDS for part in PARTS),
    data=("object",),
    rules=(*_RULES, "order"),
)
