"""When the next check of security is due: a cycle of the profile after the last one."""

from collections.abc import Mapping
from datetime import date
from typing import Final

MONTHS: Final[Mapping[str, int]] = {"yearly": 12, "half_yearly": 6, "quarterly": 3}
"""The months between two checks, by the profile's `security.check_cycle`."""


def next_check(last: date, months: int) -> date:
    """Return the day of the next check: the same day so many months later, or the last one of a shorter month.

    Source: QT Đ.24.9; QT Đ.26.1; TN Đ.23.4; R-SEC-19
    """
    place = last.month - 1 + months
    year, month = last.year + place // 12, place % 12 + 1
    first_after = date(year + month // 12, month % 12 + 1, 1)
    shortest = (first_after - date(year, month, 1)).days
    return date(year, month, min(last.day, shortest))
