"""What somebody must read and accept now, and how old a password may be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from common.errors import ConflictError

from identity.domain.terms import OFFICERS_CONDUCT, OFFICERS_DUTIES, PROVIDERS_PASSWORD, USE, Statement


class StatementOutdatedError(ConflictError):
    """What was accepted is not what stands there now: it is shown again."""

    code = "statement-outdated"
    vi = "Nội dung vừa được cập nhật. Hãy đọc bản mới rồi xác nhận."
    en = "The text was just updated. Read the new one and confirm it."


class Mode(StrEnum):
    """What becomes of an old password."""

    OFF = "off"
    REMIND = "remind"
    ENFORCE = "enforce"


@dataclass(frozen=True)
class PasswordAge:
    """How old a password may be. Source: `accounts.password_max_age_days`; R-ACC-14."""

    mode: Mode = Mode.OFF
    days: int = 0

    def due(self, changed_at: datetime | None, now: datetime, *, outside: bool) -> Mode:
        """Tell what is owed for a password of a day; one that an outside provider keeps is none of ours.

        Source: QT Đ.13.3; NB Đ.24.2; R-ACC-14
        """
        if self.mode is Mode.OFF or outside or changed_at is None:
            return Mode.OFF
        return self.mode if now - changed_at >= timedelta(days=self.days) else Mode.OFF


@dataclass(frozen=True)
class Accepted:
    """Which version was accepted last, and when."""

    version: str
    at: datetime


def asked_of(*, officer: bool, bound_at: datetime | None, age: PasswordAge) -> tuple[Statement, ...]:
    """List what an account must accept.

    Source: NB Đ.5; NB Đ.27.3; BD Đ.4; HN Đ.6; QT Đ.5; QT Đ.13.3; R-SEC-01; R-ORG-16; R-ACC-14
    """
    of_officers = (OFFICERS_CONDUCT, OFFICERS_DUTIES) if officer else ()
    outside = bound_at is not None and age.mode is not Mode.OFF
    again = replace(PROVIDERS_PASSWORD, again_after=timedelta(days=age.days))
    return (USE, *of_officers, *((again,) if outside else ()))


def due(
    asked: Sequence[Statement],
    accepted: Mapping[str, Accepted],
    now: datetime,
    *,
    bound_at: datetime | None = None,
) -> tuple[Statement, ...]:
    """List what is not accepted as it stands, or was so too long ago; what a provider keeps counts from the binding."""
    return tuple(one for one in asked if _is_due(one, accepted.get(one.kind), now, bound_at))


def _is_due(one: Statement, last: Accepted | None, now: datetime, bound_at: datetime | None) -> bool:
    if last is None and one.kind == PROVIDERS_PASSWORD.kind and bound_at is not None:
        last = Accepted(one.version, bound_at)
    if last is None or last.version != one.version:
        return True
    return one.again_after is not None and now - last.at >= one.again_after


def must_be_current(asked: Sequence[Statement], said: Mapping[str, str]) -> tuple[Statement, ...]:
    """Give the statements somebody accepted. Raises: StatementOutdatedError for another version or none of ours."""
    current = {one.kind: one for one in asked}
    if not said or any(kind not in current or current[kind].version != at for kind, at in said.items()):
        raise StatementOutdatedError(field="versions", rule="current")
    return tuple(current[kind] for kind in said)
