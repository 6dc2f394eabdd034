"""Deadline phrases as the national catalogue prints them: read exactly, or put into a named class."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from regulation.durations.duration import Duration, Unit, parse_amount


class Unclarity(StrEnum):
    """Why a phrase gives no time limit."""

    UNIT_MISSING = "unit_missing"
    RANGE = "range"
    EVENT_BOUND = "event_bound"
    NOT_STATED = "not_stated"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Parsed:
    """A phrase that states one exact time limit."""

    text: str
    duration: Duration


@dataclass(frozen=True)
class Unclear:
    """A phrase that states no exact time limit; a person has to settle it before a clock can run."""

    text: str
    kind: Unclarity


_UNITS = {
    "giờ làm việc": Unit.WORKING_HOUR,
    "wh": Unit.WORKING_HOUR,
    "ngày làm việc": Unit.WORKING_DAY,
    "wd": Unit.WORKING_DAY,
    "giờ đồng hồ": Unit.CLOCK_HOUR,
    "giờ": Unit.CLOCK_HOUR,
    "h": Unit.CLOCK_HOUR,
    "ngày": Unit.DAY,
    "d": Unit.DAY,
    "tháng": Unit.MONTH,
    "month": Unit.MONTH,
    "months": Unit.MONTH,
    "năm": Unit.YEAR,
    "year": Unit.YEAR,
    "years": Unit.YEAR,
}
_NUMBER = r"[0-9½¼¾][0-9.,/½¼¾]*"
# "not more than", "within": they do not change the limit.
_LEAD = r"(?:(?:không quá|tối đa|trong thời hạn|trong vòng|trong|thời hạn)(?: là)?:? )*"
# "from receipt of a complete dossier" is where every clock starts anyway.
_TAIL = r"(?: (?:kể )?từ (?:ngày|khi|lúc) (?:tiếp )?nhận (?:đủ |được )?hồ sơ(?: đầy đủ)?(?:,? hợp lệ)?)?\.?"
_EXACT = re.compile(
    rf"{_LEAD}(?P<amount>{_NUMBER}) ?(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))}){_TAIL}"
)
_RANGE = re.compile(rf"(?:từ )?{_NUMBER}(?: \w+){{0,3}} ?(?:-|–|—|đến|tới) ?{_NUMBER}(?: .*)?")
_EVENT = re.compile(r"\b(?:trước khi|sau khi|ngay khi|cho đến khi|theo lịch|tại thời điểm)\b")
_NOT_STATED = re.compile(r"|-|—|(?:không|chưa) (?:có (?:thông tin|thời hạn)|(?:quy|qui) định|nêu)(?: .*)?")


def classify(text: str) -> Parsed | Unclear:
    """Read a deadline phrase exactly, or say why it cannot be read; nothing becomes zero or a guess.

    A bare `giờ` is a clock hour: only `giờ làm việc` says working hours. NFC and NFD read the same.
    Source: national catalogue, deadline column.
    """
    tidy = " ".join(unicodedata.normalize("NFC", text).split()).lower()
    if match := _EXACT.fullmatch(tidy):
        amount = parse_amount(match["amount"])
        if amount:
            return Parsed(text, Duration(amount, _UNITS[match["unit"]]))
        return Unclear(text, Unclarity.UNREADABLE)
    return Unclear(text, _kind_of(tidy))


def _kind_of(tidy: str) -> Unclarity:
    """Name the class of a phrase that states no exact limit."""
    if _NOT_STATED.fullmatch(tidy):
        return Unclarity.NOT_STATED
    if parse_amount(tidy) is not None:
        return Unclarity.UNIT_MISSING
    if _EVENT.search(tidy):
        return Unclarity.EVENT_BOUND
    if _RANGE.fullmatch(tidy):
        return Unclarity.RANGE
    return Unclarity.UNREADABLE
