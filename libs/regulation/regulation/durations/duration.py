"""A time limit as a regulation writes it: an exact number and one unit, never zero, never rounded."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from regulation.errors import RegulationError


class Unit(StrEnum):
    """The units (đơn vị) in which the regulations count; requirements §0.2."""

    WORKING_HOUR = "wh"
    WORKING_DAY = "wd"
    CLOCK_HOUR = "h"
    DAY = "d"
    MONTH = "month"
    YEAR = "year"


_NAMES: dict[Unit, tuple[str, str, str]] = {
    Unit.WORKING_HOUR: ("giờ làm việc", "working hour", "working hours"),
    Unit.WORKING_DAY: ("ngày làm việc", "working day", "working days"),
    Unit.CLOCK_HOUR: ("giờ đồng hồ", "clock hour", "clock hours"),
    Unit.DAY: ("ngày", "calendar day", "calendar days"),
    Unit.MONTH: ("tháng", "month", "months"),
    Unit.YEAR: ("năm", "year", "years"),
}

_VULGAR = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_SHORT = re.compile(r"(?P<amount>[0-9.,/½¼¾]+)\s*(?P<unit>wh|wd|h|d|months?|years?)")


class UnreadableDurationError(RegulationError):
    """The text is not an exact time limit."""

    code = "unreadable-duration"
    vi = "“{text}” không phải là thời hạn đọc được chính xác."
    en = "“{text}” is not an exact time limit."


class AmountNotPositiveError(RegulationError):
    """A time limit of nothing, or less than nothing, does not exist."""

    code = "amount-not-positive"
    vi = "Thời hạn phải lớn hơn 0, nhận được {amount}."
    en = "A time limit must be greater than zero, got {amount}."


def parse_amount(text: str) -> Fraction | None:
    """Read `5`, `05`, `1.5`, `1,5`, `1/2`, `½` or `1½` exactly; None when it is anything else.

    `1.500` and `140,000` are refused: nobody can tell a decimal from a thousands mark.
    """
    if match := re.fullmatch(r"([0-9]*)([½¼¾])", text):
        return Fraction(match[1] or 0) + _VULGAR[match[2]]
    if match := re.fullmatch(r"([0-9]+)[.,]([0-9]{1,2}|[0-9]{4,})", text):
        return Fraction(f"{match[1]}.{match[2]}")
    if re.fullmatch(r"[0-9]+(/0*[1-9][0-9]*)?", text):
        return Fraction(text)
    return None


def show_amount(amount: Fraction, decimal: str = ".") -> str:
    """Write an amount as people do: `4`, `1.5`, `½`, and `1/3` where no short decimal exists."""
    if amount == Fraction(1, 2):
        return "½"
    if amount.denominator == 1:
        return str(amount.numerator)
    if 100 % amount.denominator == 0:
        return f"{float(amount):.2f}".rstrip("0").replace(".", decimal)
    return f"{amount.numerator}/{amount.denominator}"


@dataclass(frozen=True)
class Duration:
    """A time limit (thời hạn): `Duration(Fraction(4), Unit.WORKING_HOUR)`.

    Source: requirements §0.2.
    """

    amount: Fraction
    unit: Unit

    def __post_init__(self) -> None:
        """Refuse zero and less. Raises: AmountNotPositiveError."""
        if self.amount <= 0:
            raise AmountNotPositiveError(amount=self.amount)

    @staticmethod
    def of(amount: int | Fraction, unit: Unit) -> "Duration":
        """Build a limit from a whole number or a fraction. Raises: AmountNotPositiveError."""
        return Duration(Fraction(amount), unit)

    @staticmethod
    def parse(text: str) -> "Duration":
        """Read the short notation of the profiles: `4 wh`, `½ wd`, `24 h`, `5 d`, `1 month`, `2 years`.

        Raises: UnreadableDurationError, AmountNotPositiveError.
        """
        return _parse(text)

    def words(self, lang: str = "vi") -> str:
        """Say the limit in `vi` or `en`: `4 giờ làm việc`, `½ working day`."""
        vi, one, many = _NAMES[self.unit]
        if lang == "en":
            return f"{show_amount(self.amount)} {one if self.amount <= 1 else many}"
        return f"{show_amount(self.amount, ',')} {vi}"

    def __str__(self) -> str:
        """Write the short notation that `parse` reads back."""
        return f"{show_amount(self.amount)} {self.unit.value}"


@lru_cache(maxsize=1024)
def _parse(text: str) -> Duration:
    """Parse once per text: services ask for the same few limits all day long."""
    tidy = " ".join(unicodedata.normalize("NFC", text).split()).lower()
    match = _SHORT.fullmatch(tidy)
    amount = parse_amount(match["amount"]) if match else None
    if match is None or amount is None:
        raise UnreadableDurationError(text=text)
    unit = match["unit"]
    return Duration(amount, Unit(unit.removesuffix("s")))
