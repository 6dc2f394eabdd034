"""Suspending an account by decision: for how long, on which ground, and whose word counts."""

from datetime import date, timedelta
from typing import Final, NamedTuple

from common.errors import ConflictError, DomainError, ForbiddenError, NotFoundError
from regulation.roles import is_another_person

LONGEST: Final = timedelta(days=366)
TEXT_SHORTEST, TEXT_LONGEST = 10, 500


class SuspensionDayError(DomainError):
    """A suspension has a last day, from tomorrow on and within a year."""

    code = "suspension-day"
    vi = "Ngày cuối của thời gian tạm ngừng phải sau hôm nay và trong vòng một năm."
    en = "The last day of a suspension is after today and within a year."


class SecondSuspenderNeededError(ForbiddenError):
    """Who proposes a suspension does not confirm it."""

    code = "second-suspender-needed"
    vi = "Bạn là người đề nghị. Người khác có thẩm quyền phải xác nhận."
    en = "You proposed this. Another person with the right must confirm it."


class SuspendedAlreadyError(ConflictError):
    """One suspension at a time."""

    code = "suspended-already"
    vi = "Tài khoản này đang có một quyết định tạm ngừng chờ xác nhận hoặc còn hiệu lực."
    en = "A suspension of this account waits for its second word or is in force."


class SuspensionDecidedError(ConflictError):
    """It was confirmed or ended before."""

    code = "suspension-decided"
    vi = "Việc tạm ngừng này đã được xác nhận hoặc đã chấm dứt."
    en = "This suspension was confirmed or ended before."


class AccountUnknownError(NotFoundError):
    """Nobody's account is known by that."""

    code = "account-unknown"
    vi = "Không có tài khoản người dân hoặc tổ chức nào với thông tin này."
    en = "No citizen's or organisation's account is known by this."


class Decision(NamedTuple):
    """A decision to suspend (quyết định tạm ngừng tài khoản). Source: R-SEC-08."""

    number: str
    ground: str
    appeal: str
    """To whom and how the person may appeal."""
    until_on: date


def must_end(until_on: date, today: date) -> None:
    """Refuse a suspension without a reasonable last day.

    Raises: SuspensionDayError.
    Source: BD Đ.4.7; HN Đ.6.7; R-SEC-08
    """
    if not today < until_on <= today + LONGEST:
        raise SuspensionDayError(field="until_on", rule="day")


def must_be_second(proposer: str, confirmer: str) -> None:
    """Refuse the proposer's own second word.

    Raises: SecondSuspenderNeededError.
    Source: requirements C, segregation rules; R-SEC-08
    """
    if not is_another_person(proposer, confirmer):
        raise SecondSuspenderNeededError(rule="second-person")


def in_force(*, confirmed: bool, ended: bool, until_on: date, today: date) -> bool:
    """Tell whether a suspension counts today; its last day is still of it.

    Source: R-SEC-08
    """
    return confirmed and not ended and today <= until_on
