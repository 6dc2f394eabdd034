"""What one version of a procedure says: all its constituent parts as plain frozen values."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Route(StrEnum):
    """Where a procedure is handled (nơi giải quyết): in this suite, in a ministry's system, on the national portal."""

    OWN = "own"
    MINISTRY = "ministry"
    NATIONAL = "national"


class Channel(StrEnum):
    """How a dossier comes in (cách thức thực hiện)."""

    ONLINE = "online"
    COUNTER = "counter"
    POST = "post"


class FeeStatus(StrEnum):
    """What is known of a fee (phí, lệ phí); `free_nationally` still needs the province's own resolution."""

    FREE = "free"
    AMOUNT = "amount"
    FREE_NATIONALLY = "free_nationally"
    SET_BY_PROVINCE = "set_by_province"
    SET_BY_LAW = "set_by_law"
    NOT_PUBLISHED = "not_published"


class StepKind(StrEnum):
    """What is done in a step of the internal process."""

    TASK = "task"
    REVIEW = "review"
    SIGN = "sign"
    RETURN = "return"


@dataclass(frozen=True)
class Case:
    """A case (trường hợp) that has its own limit, fee or papers."""

    id: str
    name: str
    name_en: str = ""


@dataclass(frozen=True)
class Limit:
    """A time limit (thời hạn) of one case and channel, `None` meaning all.

    `amount` is the short notation (`1 wd`); without it `flag` says what is wrong with `text`.
    """

    text: str
    rule: str | None = None
    amount: str | None = None
    case: str | None = None
    channel: str | None = None
    flag: str | None = None


@dataclass(frozen=True)
class Fee:
    """A fee of one case and channel; `amount` in VND unless `currency` says otherwise."""

    status: FeeStatus
    amount: int | None = None
    currency: str = "VND"
    note: str = ""
    case: str | None = None
    channel: str | None = None
    flag: str | None = None


@dataclass(frozen=True)
class Component:
    """A paper of the dossier (thành phần hồ sơ)."""

    id: str
    name: str
    name_en: str = ""
    required: bool = True
    originals: int = 1
    copies: int = 0
    group: str | None = None
    case: str | None = None
    form_id: str | None = None
    accepts: tuple[str, ...] = ("application/pdf", "image/jpeg", "image/png")


@dataclass(frozen=True)
class FormUse:
    """A form (mẫu đơn, tờ khai) in the version that is in force with this version of the procedure."""

    id: str
    name: str
    version: int
    name_en: str = ""


@dataclass(frozen=True)
class Step:
    """A step of the internal process (quy trình nội bộ); `hours` in short notation (`4 wh`)."""

    id: str
    name: str
    unit: str
    role: str
    hours: str
    name_en: str = ""
    kind: StepKind = StepKind.TASK
    condition: str | None = None


@dataclass(frozen=True)
class Process:
    """The approved internal process with its decision."""

    version: int
    decision_number: str
    decision_on: date
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Offer:
    """An agency that takes the procedure online, at which service level, and the unit that settles it."""

    agency: str
    service_level: str
    unit: str | None = None
    partial_reason: str | None = None


@dataclass(frozen=True)
class Result:
    """What the applicant gets."""

    name: str
    code: str | None = None
    template: str | None = None


@dataclass(frozen=True)
class Content:
    """Everything one version says (bộ phận cấu thành của thủ tục hành chính). Source: BD Đ.5.2; R-CAT-09."""

    name: str
    field: str
    name_en: str = ""
    levels: tuple[str, ...] = ()
    route: Route = Route.OWN
    route_url: str | None = None
    ministry: str | None = None
    competent: tuple[str, ...] = ()
    coordinating: tuple[str, ...] | None = None
    applicants: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    components: tuple[Component, ...] = ()
    sets: int | None = None
    limits: tuple[Limit, ...] = ()
    fees: tuple[Fee, ...] = ()
    results: tuple[Result, ...] = ()
    forms: tuple[FormUse, ...] | None = None
    conditions: str | None = None
    legal_basis: tuple[str, ...] = ()
    eform: dict[str, Any] | None = None
    process: Process | None = None
    offers: tuple[Offer, ...] = ()
    national: dict[str, Any] | None = None
