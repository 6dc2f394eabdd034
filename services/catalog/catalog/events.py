"""The facts the catalogue announces: agencies, published versions, repeals."""

from datetime import date
from typing import Any, ClassVar

from common.events import Event
from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A part of a published version; fields the contract does not name are left out."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class DeskContact(Part):
    """Where to reach the desk of an agency."""

    address: str
    phone: str
    email: str


class CasePart(Part):
    """A case with its own limit, fee or papers."""

    id: str
    name: str
    name_en: str


class LimitPart(Part):
    """A time limit; `amount` in short notation (`1 wd`), `None` for case or channel meaning all."""

    case: str | None
    channel: str | None
    rule: str | None
    amount: str | None
    text: str


class FeePart(Part):
    """A fee; `amount` in the smallest unit of `currency`."""

    case: str | None
    channel: str | None
    status: str
    amount: int | None
    currency: str
    note: str


class ComponentPart(Part):
    """A paper of the dossier."""

    id: str
    name: str
    name_en: str
    required: bool
    originals: int
    copies: int
    group: str | None
    case: str | None
    form_id: str | None
    accepts: list[str]


class FormPart(Part):
    """A form in the version that belongs to this version of the procedure."""

    id: str
    name: str
    name_en: str
    version: int


class EFormPart(Part):
    """The interactive e-form, self-contained."""

    definition: dict[str, Any]


class StepPart(Part):
    """A step of the internal process."""

    id: str
    name: str
    name_en: str
    unit: str
    role: str
    hours: str
    kind: str
    condition: str | None


class ProcessPart(Part):
    """The approved internal process."""

    version: int
    decision_number: str
    decision_on: date
    steps: list[StepPart]


class OfferPart(Part):
    """An agency that takes the procedure online."""

    agency: str
    service_level: str
    partial_reason: str | None
    desk: DeskContact | None
    unit: str | None
    actions: list[str]


class ResultPart(Part):
    """What the applicant gets."""

    name: str
    code: str | None
    template: str | None


class AgencyChanged(Event):
    """An agency was entered in the directory or changed."""

    type: ClassVar[str] = "catalog.agency_changed.v1"

    code: str
    name: str
    name_en: str
    level: str
    kind: str
    parent: str | None
    desk: DeskContact | None
    units: list[str]
    valid_from: date
    valid_to: date | None


class ProcedurePublished(Event):
    """A version of a procedure came into force; it carries everything the version says."""

    type: ClassVar[str] = "catalog.procedure_published.v1"

    code: str
    version: int
    name: str
    name_en: str
    field: str
    field_name: str
    route: str
    route_url: str | None
    effective_from: date
    effective_to: date | None
    cases: list[CasePart]
    limits: list[LimitPart]
    fees: list[FeePart]
    components: list[ComponentPart]
    forms: list[FormPart]
    eform: EFormPart | None
    process: ProcessPart | None
    offers: list[OfferPart]
    result: ResultPart | None
    legal_basis: list[str]


class ProcedureClosed(Event):
    """A procedure was repealed; it takes no new dossier from this day on."""

    type: ClassVar[str] = "catalog.procedure_closed.v1"

    code: str
    closed_from: date


ALL: tuple[type[Event], ...] = (AgencyChanged, ProcedurePublished, ProcedureClosed)
