"""Catalog: the parts that several of its answers have."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from collections.abc import Mapping
from datetime import date
from typing import Any

from answers.answer import Answer


class DeskContact(Answer):
    """Where to reach the one-stop desk of an agency."""

    address: str
    email: str
    phone: str


class AgreedOut(Answer):
    """The time one of several agencies agreed to take."""

    agency: str
    time: str
    time_en: str


class AgreedTime(Answer):
    """The time that one of several agencies agreed to take (thời gian đã thống nhất); `amount` in short …"""

    agency: str
    amount: str


class BlankFormOut(Answer):
    """A blank form of a component and where it is fetched."""

    href: str
    id: str
    name: str
    name_en: str
    version: int


class Case(Answer):
    """A case (trường hợp) that has its own limit, fee or papers."""

    id: str
    name: str
    name_en: str = ""


class Component(Answer):
    """A paper of the dossier (thành phần hồ sơ)."""

    accepts: tuple[str, ...] = ()
    case: str | None = None
    copies: int = 0
    form_id: str | None = None
    group: str | None = None
    id: str
    name: str
    name_en: str = ""
    originals: int = 1
    required: bool = True


class Measure(Answer):
    """What a fee is counted by (đơn vị tính): the number answered to a question of the e-form."""

    at_most: int | None = None
    beyond: int | None = None
    by: str
    full: int | None = None
    times: str | None = None
    times_unit: str = ""
    times_unit_en: str = ""
    unit: str
    unit_en: str = ""


class Fee(Answer):
    """A fee or charge (phí, lệ phí) of one case and channel; `amount` in VND unless `currency` says …"""

    amount: int | None = None
    case: str | None = None
    channel: str | None = None
    currency: str = "VND"
    flag: str | None = None
    item: str = ""
    item_en: str = ""
    note: str = ""
    per: Measure | None = None
    status: str


class FormUse(Answer):
    """A form (mẫu đơn, tờ khai) in the version that is in force with this version of the procedure."""

    id: str
    name: str
    name_en: str = ""
    version: int


class Limit(Answer):
    """A time limit (thời hạn giải quyết) of one case and channel, `None` meaning all."""

    amount: str | None = None
    case: str | None = None
    channel: str | None = None
    flag: str | None = None
    rule: str | None = None
    text: str


class Offer(Answer):
    """An agency that takes the procedure online, at which service level, and the unit that settles it."""

    agency: str
    partial_reason: str | None = None
    service_level: str
    unit: str | None = None


class Step(Answer):
    """A step of the internal process (bước của quy trình nội bộ); `hours` in short notation (`4 wh`)."""

    condition: str | None = None
    hours: str
    id: str
    kind: str = "task"
    name: str
    name_en: str = ""
    role: str
    unit: str


class Process(Answer):
    """The approved internal process (quy trình nội bộ) with its decision."""

    decision_number: str
    decision_on: date
    steps: tuple[Step, ...]
    version: int


class Result(Answer):
    """What the applicant gets (kết quả thực hiện); `form` is the e-form of its lines where the …"""

    code: str | None = None
    form: Mapping[str, Any] | None = None
    name: str
    template: str | None = None


class Content(Answer):
    """Everything one version says (bộ phận cấu thành của thủ tục hành chính). Source: BD Đ.5.2; R-CAT-09."""

    agreed: tuple[AgreedTime, ...] = ()
    applicants: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    channels: tuple[str, ...] = ()
    competent: tuple[str, ...] = ()
    components: tuple[Component, ...] = ()
    conditions: str | None = None
    coordinating: tuple[str, ...] | None = None
    eform: Mapping[str, Any] | None = None
    fees: tuple[Fee, ...] = ()
    field: str
    forms: tuple[FormUse, ...] | None = None
    legal_basis: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    ministry: str | None = None
    name: str
    name_en: str = ""
    national: Mapping[str, Any] | None = None
    offers: tuple[Offer, ...] = ()
    pickup_exempt: str | None = None
    process: Process | None = None
    results: tuple[Result, ...] = ()
    route: str = "own"
    route_url: str | None = None
    sets: int | None = None
    steps: tuple[str, ...] = ()


class Gap(Answer):
    """A part that is missing or not clear."""

    en: str
    field: str
    rule: str
    vi: str


class OfferOut(Answer):
    """An agency that takes the procedure online, with the contact of its desk."""

    actions: tuple[str, ...]
    agency: str
    agency_name: str
    agency_name_en: str
    desk: DeskContact | None
    partial_reason: str | None
    service_level: str
    unit: str | None


class TermOut(Answer):
    """Time limit and fee of one case through the channels that share them; `sure` when a date follows …"""

    amount: int | None
    case: str | None
    case_name: str
    case_name_en: str
    channels: tuple[str, ...]
    fee: str
    fee_en: str
    limit: str
    limit_en: str
    note: str
    sure: bool


class VersionSummary(Answer):
    """A version in the list of versions."""

    decision_number: str | None
    decision_on: date | None
    effective_from: date | None
    effective_to: date | None
    number: int
    state: str
