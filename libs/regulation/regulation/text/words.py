"""Numbers, sums of money and dates in words, as the forms print them (ghi bằng chữ)."""

import datetime as dt
from typing import Literal

from regulation.zone import local

Lang = Literal["vi", "en"]
LANGUAGES: tuple[Lang, ...] = ("vi", "en")
"""The languages every text for people has, the official one first."""
MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu")
_BILLION = 1_000_000_000


def number_words(number: int, *, zero_ten: str = "linh") -> str:
    """Write a whole number in words: 21 `hai mươi mốt`, 24 `hai mươi tư`, 105 `một trăm linh năm`.

    `zero_ten` is the word for an empty ten: `linh` in the North, `lẻ` in the South.
    Source: TT 01/2018/TT-VPCP Đ.9
    """
    if number < 0:
        return f"âm {number_words(-number, zero_ten=zero_ten)}"
    if number == 0:
        return _DIGITS[0]
    return " ".join(_billions(number, zero_ten, leading=True))


def money_words(amount: int, *, zero_ten: str = "linh") -> str:
    """Write an amount of đồng as a receipt prints it: `Tám nghìn đồng`."""
    words = f"{number_words(amount, zero_ten=zero_ten)} đồng"
    return words[0].upper() + words[1:]


def date_words(day: dt.date) -> str:
    """Write a date wholly in words: `ngày năm tháng chín năm hai nghìn không trăm hai mươi sáu`."""
    month = "tư" if day.month == 4 else number_words(day.month)
    return f"ngày {number_words(day.day)} tháng {month} năm {number_words(day.year)}"


def form_date(day: dt.date) -> str:
    """Write a date as documents head it: `ngày 05 tháng 9 năm 2026`; a zero before days to 9 and months 1, 2.

    Source: NĐ 30/2020/NĐ-CP, Phụ lục I
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _billions(number: int, zero_ten: str, *, leading: bool) -> list[str]:
    """Say a number by its billions: 1,000 billion is `một nghìn tỷ`, a billion billion `một tỷ tỷ`."""
    above, below = divmod(number, _BILLION)
    said = [*_billions(above, zero_ten, leading=leading), "tỷ"] if above else []
    return said + _thousands(below, zero_ten, leading=leading and not above)


def _thousands(number: int, zero_ten: str, *, leading: bool) -> list[str]:
    said: list[str] = []
    for place in (2, 1, 0):
        group = number // 1000**place % 1000
        if group:
            said += [*_hundreds(group, zero_ten, full=not leading or bool(said)), *_SCALES[place].split()]
    return said


def _hundreds(number: int, zero_ten: str, *, full: bool) -> list[str]:
    """Say 1 to 999; `full` says `không trăm` where something stands before the group."""
    hundred, rest = divmod(number, 100)
    said = [_DIGITS[hundred], "trăm"] if hundred or full else []
    return said + _tens(rest, zero_ten, after=bool(said))


def _tens(number: int, zero_ten: str, *, after: bool) -> list[str]:
    ten, one = divmod(number, 10)
    if not number:
        return []
    if not ten:
        return [zero_ten, "tư" if one == 4 else _DIGITS[one]] if after else [_DIGITS[one]]
    said = ["mười"] if ten == 1 else [_DIGITS[ten], "mươi"]
    return [*said, _unit(ten, one)] if one else said


def _unit(ten: int, one: int) -> str:
    special = {5: "lăm"} if ten == 1 else {1: "mốt", 4: "tư", 5: "lăm"}
    return special.get(one, _DIGITS[one])


def short_date(day: dt.date, lang: str) -> str:
    """Write a date as letters do: `21/11/2026`, `21 November 2026`."""
    return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}" if lang == "en" else f"{day:%d/%m/%Y}"


def short_instant(at: dt.datetime, lang: str) -> str:
    """Write an aware instant in local time: `10 giờ 30 ngày 21/11/2026`, `10:30 on 21 November 2026`."""
    here = local(at)
    on = short_date(here.date(), lang)
    return f"{here:%H:%M} on {on}" if lang == "en" else f"{here.hour} giờ {here.minute:02d} ngày {on}"
