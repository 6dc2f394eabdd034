"""Authorising a desk officer to settle at once: by which decision, which procedures, from when to when."""

from datetime import date, timedelta
from typing import Final, NamedTuple

from common.errors import ConflictError, DomainError
from regulation.roles import Role

LONGEST: Final = timedelta(days=5 * 366)
MOST: Final = 100
"""Procedures that one decision names here; a longer one is entered in parts."""


class AuthorisationPeriodError(DomainError):
    """An authorisation has a first and a last day, not over yet and within five years."""

    code = "authorisation-period"
    vi = "Ngày cuối của ủy quyền phải từ hôm nay trở đi, không trước ngày đầu và trong vòng năm năm."
    en = "An authorisation ends today or later, not before its first day, and within five years."


class NoDeskOfficerError(DomainError):
    """Who receives no dossiers settles none at the desk."""

    code = "no-desk-officer"
    vi = "Chỉ cán bộ một cửa được phân công, ủy quyền giải quyết ngay tại quầy."
    en = "Only a desk officer is authorised to settle at the desk."


class AuthorisationEndedError(ConflictError):
    """It was withdrawn before."""

    code = "authorisation-ended"
    vi = "Ủy quyền này đã bị rút trước đó."
    en = "This authorisation was withdrawn before."


class AuthorisingDecision(NamedTuple):
    """A decision to authorise (quyết định phân công, ủy quyền giải quyết tại quầy). Source: NB Đ.16.4; R-INT-15"""

    number: str
    procedures: tuple[str, ...]
    from_on: date
    until_on: date

    def must_hold(self, today: date) -> None:
        """Refuse a period that is over, turned round or without an end in sight.

        Raises: AuthorisationPeriodError.
        Source: NB Đ.16.4; R-INT-15
        """
        if not max(today, self.from_on) <= self.until_on <= self.from_on + LONGEST:
            raise AuthorisationPeriodError(field="until_on", rule="period")


def must_receive(roles: list[str]) -> None:
    """Refuse to authorise who is no desk officer. Raises: NoDeskOfficerError. Source: NB Đ.16.4; R-INT-15"""
    if Role.DESK_OFFICER not in roles:
        raise NoDeskOfficerError(rule="desk-officer")


def counts(*, from_on: date, until_on: date, withdrawn: bool, today: date) -> bool:
    """Tell whether an authorisation counts on a day; its last day is still of it. Source: NB Đ.16.4; R-INT-15"""
    return not withdrawn and from_on <= today <= until_on
