"""Looking through officers' accounts from time to time: which were not used, and what becomes of each."""

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from common.errors import ConflictError, DomainError
from regulation.zone import local


class ReviewOffError(ConflictError):
    """The regulation of the province asks for no periodic review."""

    code = "review-off"
    vi = "Quy chế của tỉnh không đặt kỳ rà soát tài khoản."
    en = "The regulation of the province sets no periodic review."


class ReviewChangedError(ConflictError):
    """Somebody of the list used the account meanwhile, or it was changed: it is looked at again."""

    code = "review-changed"
    vi = "Danh sách vừa thay đổi vì có người đã dùng tài khoản. Hãy xem lại rồi xác nhận."
    en = "The list has just changed because somebody used the account. Look at it again and confirm."


class KeepReasonError(DomainError):
    """Who keeps an unused account says why."""

    code = "keep-reason-missing"
    vi = "Ghi lý do giữ tài khoản không dùng."
    en = "Say why an unused account is kept."


class Fate(StrEnum):
    """What becomes of an unused account (kết quả rà soát). Source: QT Đ.11.5; R-ACC-20"""

    DISABLED = "disabled"
    KEPT = "kept"


class Verdict(NamedTuple):
    """What becomes of one account, and why it is kept."""

    fate: Fate
    reason: str | None = None


def months_of(cycle: str) -> int:
    """Give the months of a cycle as the profile writes it, `3m`; 0 where there is none. Source: QT Đ.11.5; R-ACC-20"""
    return 0 if cycle == "off" else int(cycle.removesuffix("m"))


def months_before(now: datetime, months: int) -> datetime:
    """Give the same local instant some months earlier; a day the month lacks becomes its last."""
    return _shifted(now, -months)


def months_after(then: datetime, months: int) -> datetime:
    """Give the same local instant some months later; a day the month lacks becomes its last."""
    return _shifted(then, months)


def _shifted(instant: datetime, months: int) -> datetime:
    here = local(instant)
    year, month = divmod(here.year * 12 + here.month - 1 + months, 12)
    for day in (here.day, 30, 29, 28):
        try:
            return here.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def verdicts(
    unused: Collection[str], confirmed: Collection[str], kept: Mapping[str, str]
) -> dict[str, Verdict]:
    """Tell what becomes of each account that was confirmed; all of them are looked at, none unseen.

    Raises: ReviewChangedError, KeepReasonError.
    Source: QT Đ.11.5; R-ACC-20
    """
    if set(confirmed) != set(unused) or not set(kept) <= set(unused):
        raise ReviewChangedError(field="officers", rule="current")
    if any(not reason.strip() for reason in kept.values()):
        raise KeepReasonError(field="kept", rule="required")
    return {
        one: Verdict(Fate.KEPT, kept[one]) if one in kept else Verdict(Fate.DISABLED) for one in confirmed
    }
