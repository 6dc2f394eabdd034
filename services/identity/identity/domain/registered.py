"""For which cases an officer is registered to have rights, and what a notice about him ends."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from common.errors import ConflictError, DomainError
from regulation.roles import Role

COMMITMENT_LASTS: Final = timedelta(days=365)
LONGEST_COMMITMENT: Final = timedelta(days=5 * 366)


class Case(StrEnum):
    """For what an agency registers an officer (trường hợp đăng ký quyền). Source: QT Đ.11.2.a–d; R-ACC-17"""

    STEPS = "a"
    REPORTS = "b"
    FEES = "c"
    POPULATION = "d"

    def said(self, lang: str) -> str:
        """Name the case in Vietnamese or English."""
        return (_ENGLISH if lang == "en" else _WORDS)[self]


_WORDS = {
    Case.STEPS: "Thực hiện các bước trong quy trình nội bộ đã duyệt",
    Case.REPORTS: "Quản lý, khai thác dữ liệu báo cáo",
    Case.FEES: "Thu phí, lệ phí, xuất biên lai điện tử",
    Case.POPULATION: "Sử dụng dịch vụ của Cơ sở dữ liệu quốc gia về dân cư",
}
_ENGLISH = {
    Case.STEPS: "Steps of an approved internal process",
    Case.REPORTS: "Managing and reading report data",
    Case.FEES: "Collecting fees and issuing electronic receipts",
    Case.POPULATION: "Services of the national population database",
}
_STEPS = frozenset(
    {Role.DESK_OFFICER, Role.SPECIALIST, Role.SIGNER, Role.QA_OWNER, Role.FEEDBACK_OWNER, Role.POSTAL_WORKER}
)


def cases_for(role: str) -> frozenset[Case]:
    """Tell which cases a role serves; one of them is enough. Source: QT Đ.11.2.a–c; R-ACC-17"""
    if role == Role.FEE_COLLECTOR:
        return frozenset({Case.FEES})
    if role == Role.AGENCY_HEAD:
        return frozenset({Case.STEPS, Case.REPORTS})
    return frozenset({Case.STEPS if role in _STEPS else Case.REPORTS})


class RightsNotRegisteredError(ConflictError):
    """A right is granted only from the agency's request, for what it registers. Source: QT Đ.11.2; R-ACC-17."""

    code = "rights-not-registered"
    vi = "Chưa có văn bản đăng ký của cơ quan cho {name} về quyền này. Hãy ghi văn bản đăng ký trước."
    en = "No request of the agency registers {name} for this right. Enter the request first."


class RequestFutureError(DomainError):
    """A document is not dated after today."""

    code = "document-in-future"
    vi = "Ngày văn bản không được sau hôm nay."
    en = "A document is not dated after today."


class CommitmentPeriodError(DomainError):
    """A commitment is signed already and ends within five years."""

    code = "commitment-period"
    vi = "Bản cam kết phải ký từ hôm nay trở về trước, còn thời hạn và không quá năm năm."
    en = "A commitment is signed today or before, is not over, and ends within five years."


class Document(NamedTuple):
    """A paper of an agency: its number and day."""

    number: str
    dated: date

    def must_exist(self, today: date) -> None:
        """Refuse a day that has not come. Raises: RequestFutureError."""
        if self.dated > today:
            raise RequestFutureError(field="document_on", rule="past")


class Person(NamedTuple):
    """One line of a request: who, by which sign-in name, for which cases."""

    login: str
    full_name: str
    cases: tuple[Case, ...]


class NoticeKind(StrEnum):
    """Why rights change or end (lý do thay đổi, hủy quyền). Source: QT Đ.11.3; R-ACC-19"""

    MOVED = "moved"
    RETIRED = "retired"
    NO_PROCEDURES = "no_procedures"
    NO_POPULATION = "no_population"


ENDED_BY: Final[Mapping[NoticeKind, frozenset[Case]]] = {
    NoticeKind.MOVED: frozenset(Case),
    NoticeKind.RETIRED: frozenset(Case),
    NoticeKind.NO_PROCEDURES: frozenset({Case.STEPS, Case.FEES}),
    NoticeKind.NO_POPULATION: frozenset({Case.POPULATION}),
}


@dataclass(frozen=True)
class Said:
    """A request or a notice as it counts: when it was entered, and for which cases it gives or ends rights."""

    at: datetime
    gives: frozenset[Case] = frozenset()
    ends: frozenset[Case] = frozenset()


def registered(said: Iterable[Said]) -> frozenset[Case]:
    """Give the cases that requests registered and no later notice ended. Source: QT Đ.11.2; QT Đ.11.3; R-ACC-17"""
    held: frozenset[Case] = frozenset()
    for one in sorted(said, key=lambda each: each.at):
        held = (held | one.gives) - one.ends
    return held


def must_be_registered(roles: Iterable[str], held: frozenset[Case], name: str) -> None:
    """Refuse a role for which nobody registered the officer.

    Raises: RightsNotRegisteredError.
    Source: QT Đ.11.2; QT Đ.11.5; R-ACC-17
    """
    for role in roles:
        if not cases_for(role) & held:
            raise RightsNotRegisteredError(field="roles", rule="registered", name=name)


def roles_left(roles: Iterable[str], kind: NoticeKind) -> list[str]:
    """Give the roles somebody keeps after a notice; whoever moves or retires keeps none.

    Source: QT Đ.11.3; R-ACC-19
    """
    if kind in (NoticeKind.MOVED, NoticeKind.RETIRED):
        return []
    return [role for role in roles if not cases_for(role) <= ENDED_BY[kind]]


class Population(StrEnum):
    """How the right to use the population database stands. Source: QT Đ.13.4; R-ACC-21"""

    NOT_REGISTERED = "not_registered"
    NO_COMMITMENT = "no_commitment"
    EXPIRED = "expired"
    ACTIVE = "active"


def population(*, held: frozenset[Case], needed: bool, until: date | None, today: date) -> Population:
    """Tell how the right stands: registered, and where the profile asks for it, committed to and not over.

    Source: QT Đ.13.4; `accounts.npd_commitment_required`; R-ACC-21
    """
    if Case.POPULATION not in held:
        return Population.NOT_REGISTERED
    if not needed:
        return Population.ACTIVE
    if until is None:
        return Population.NO_COMMITMENT
    return Population.ACTIVE if today <= until else Population.EXPIRED


def commitment_holds(signed_on: date, until_on: date, today: date) -> None:
    """Refuse a commitment not signed yet, over, or without an end in sight. Raises: CommitmentPeriodError."""
    if not (signed_on <= today <= until_on <= signed_on + LONGEST_COMMITMENT):
        raise CommitmentPeriodError(field="until_on", rule="period")
