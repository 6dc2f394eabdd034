"""The dossier code: who received the dossier, on which day, and its number of that day."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from regulation.codes.agency import LONGEST as AGENCY_LONGEST
from regulation.codes.agency import AgencyCode
from regulation.errors import RegulationError
from regulation.text import cleaned_line, one_hyphen
from regulation.zone import local_day

DEFAULT_PATTERN = "{agency}-{yymmdd}-{serial}"
LONGEST = AGENCY_LONGEST + 25  # day, number, and what copying puts around and between them

_DIGITS = 4
_FIELDS = {
    "agency": r"(?P<agency>[0-9A-Z.]+)",
    "yymmdd": r"(?P<day>[0-9]{6})",
    "yyyymmdd": r"(?P<day>[0-9]{8})",
    "serial": rf"(?P<serial>[0-9]{{{_DIGITS},}})",
}
# What copying adds around a code, and what it puts in place of a hyphen.
_AROUND = " .,;:-'\"“”‘’«»()[]"
_BETWEEN = r" *(?:{between}| |-) *"
_DAY_FORMATS = {"yymmdd": "%y%m%d", "yyyymmdd": "%Y%m%d"}


class PatternRefusedError(RegulationError):
    """A pattern of dossier codes names agency, day and serial once each, with something between them."""

    code = "dossier-code-pattern-refused"
    vi = "Mẫu mã hồ sơ “{pattern}” phải có {{agency}}, ngày và {{serial}}, mỗi phần một lần, cách nhau."
    en = "The pattern “{pattern}” must have {{agency}}, a day and {{serial}}, once each and apart."


class UnreadableDossierCodeError(RegulationError):
    """The text is no dossier code of the pattern."""

    code = "unreadable-dossier-code"
    vi = "“{text}” không phải mã hồ sơ."
    en = "“{text}” is no dossier code."


class SerialRefusedError(RegulationError):
    """The number of the day starts at 1."""

    code = "dossier-serial-refused"
    vi = "Số thứ tự trong ngày bắt đầu từ 1, nhận được {serial}."
    en = "The number of the day starts at 1, got {serial}."


@dataclass(frozen=True)
class CodePattern:
    """How a province writes dossier codes; `{agency}`, `{yymmdd}` or `{yyyymmdd}`, and `{serial}`.

    Source: TT 01/2018/TT-VPCP Đ.19; TN PL.B1; `dossier_code.pattern`
    """

    pattern: str
    day_field: str
    shape: re.Pattern[str]

    @classmethod
    def compile(cls, pattern: str) -> "CodePattern":
        """Read a pattern. Raises: PatternRefusedError."""
        return _compile(pattern)


@lru_cache(maxsize=64)
def _compile(pattern: str) -> CodePattern:
    pieces = re.split(r"\{([a-z]+)\}", pattern)
    fields, between = pieces[1::2], pieces[2:-1:2]
    days = [name for name in fields if name in _DAY_FORMATS]
    if sorted(fields) != sorted(["agency", "serial", *days[:1]]) or not days or "" in between:
        raise PatternRefusedError(pattern=pattern)
    shape = "".join(_shape(piece, place, len(pieces)) for place, piece in enumerate(pieces))
    return CodePattern(pattern, days[0], re.compile(shape, re.ASCII | re.IGNORECASE))


def _shape(piece: str, place: int, count: int) -> str:
    if place % 2:
        return _FIELDS[piece]
    if place == 0:
        return re.escape(piece.lstrip(_AROUND))
    if place == count - 1:
        return re.escape(piece.rstrip(_AROUND))
    return _BETWEEN.format(between=re.escape(piece.strip()))


@dataclass(frozen=True, order=True)
class DossierCode:
    """A dossier code (mã hồ sơ): receiving agency, local day of receipt, serial of that day from 1.

    The serial has at least four digits and grows beyond 9,999; neither text sets an upper bound.
    Source: TT 01/2018/TT-VPCP Đ.19; TN PL.B1; R-SUB-14
    """

    agency: str
    received_on: dt.date
    serial: int

    def __post_init__(self) -> None:
        AgencyCode(self.agency)
        if self.serial < 1:
            raise SerialRefusedError(serial=self.serial)

    def format(self, pattern: str = DEFAULT_PATTERN) -> str:
        """Write the code. Raises: PatternRefusedError."""
        day_field = CodePattern.compile(pattern).day_field
        day = self.received_on.strftime(_DAY_FORMATS[day_field])
        fields = {"agency": self.agency, day_field: day, "serial": f"{self.serial:0{_DIGITS}d}"}
        return pattern.format(**fields)

    def __str__(self) -> str:
        return self.format()

    @classmethod
    def parse(cls, text: str, pattern: str = DEFAULT_PATTERN) -> "DossierCode":
        """Read a code as people copy it: small letters, any dash or a blank for a hyphen, marks around it.

        yymmdd lies in 2000-2099. Raises: UnreadableDossierCodeError, PatternRefusedError.
        """
        compiled = CodePattern.compile(pattern)
        match = compiled.shape.fullmatch(one_hyphen(cleaned_line(text)).strip(_AROUND))
        if match is None:
            raise UnreadableDossierCodeError(text=text)
        try:
            digits = match["day"] if compiled.day_field == "yyyymmdd" else f"20{match['day']}"
            day = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
            code = cls(AgencyCode(match["agency"].upper()), day, int(match["serial"]))
        except ValueError:
            raise UnreadableDossierCodeError(text=text) from None
        if match["serial"] != f"{code.serial:0{_DIGITS}d}":
            raise UnreadableDossierCodeError(text=text)
        return code


def day_of_receipt(received_at: dt.datetime) -> dt.date:
    """Give the local day of an instant, by which codes are counted: 17:00 UTC is already tomorrow.

    Raises: ValueError when the instant has no zone.
    """
    if received_at.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return local_day(received_at)


def next_code(last: DossierCode | None, agency: str, received_at: dt.datetime) -> DossierCode:
    """Give the code after the agency's last one: the next serial of the same day, or 1 on another day.

    A clock that steps back never reuses a serial: the day of the last code goes on.
    Raises: ValueError when the last code is another agency's.
    Source: TT 01/2018/TT-VPCP Đ.19; R-SUB-14
    """
    today = day_of_receipt(received_at)
    if last is None:
        return DossierCode(agency, today, 1)
    if last.agency != agency:
        raise ValueError(f"{last} was not given by {agency}")
    if today > last.received_on:
        return DossierCode(agency, today, 1)
    return DossierCode(agency, last.received_on, last.serial + 1)
