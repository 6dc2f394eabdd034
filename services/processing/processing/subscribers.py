"""What processing listens to, and the slice of each event it reads."""

from datetime import date, datetime
from typing import Any

from common.inbox import Meta, Subscriptions
from pydantic import BaseModel, ConfigDict
from regulation.durations import Duration
from sqlalchemy.ext.asyncio import AsyncSession

from processing.domain.process import SAME_DAY, Limit
from processing.domain.rules import HandlingRules
from processing.usecases.keep_agency import keep_agency
from processing.usecases.keep_officer import OfficerFacts, keep_officer
from processing.usecases.keep_procedure import PublishedProcess, keep_procedure
from processing.usecases.open_dossier import AcceptedDossier, open_dossier

AGENCY_CHANGED = "catalog.agency_changed.v1"
PROCEDURE_PUBLISHED = "catalog.procedure_published.v1"
OFFICER_CHANGED = "identity.officer_changed.v1"
DOSSIER_ACCEPTED = "intake.dossier_accepted.v1"
PLAIN_TEMPLATE = "result"
LISTENS: tuple[str, ...] = (AGENCY_CHANGED, PROCEDURE_PUBLISHED, OFFICER_CHANGED, DOSSIER_ACCEPTED)


class Slice(BaseModel):
    """The part of an event this service reads; the rest is ignored."""

    model_config = ConfigDict(extra="ignore")


class AgencyChanged(Slice):
    """Name and place of an agency."""

    code: str
    name: str
    parent: str | None = None


class LimitSlice(Slice):
    """One published limit."""

    case: str | None = None
    rule: str | None = None
    amount: str | None = None


class ProcessSlice(Slice):
    """The approved internal process."""

    version: int | None = None
    decision_number: str | None = None
    decision_on: date | None = None
    steps: list[dict[str, Any]] = []


class ResultSlice(Slice):
    """Which template prints the result."""

    template: str | None = None


class ProcedurePublished(Slice):
    """A published procedure version."""

    code: str
    version: int
    name: str
    name_en: str | None = None
    limits: list[LimitSlice] = []
    process: ProcessSlice | None = None
    offers: list[dict[str, Any]] = []
    result: ResultSlice | None = None


class OfficerChanged(Slice):
    """An officer's place and rights."""

    officer_id: str
    display_name: str
    agency: str | None
    unit: str | None = None
    roles: list[str] = []
    scope: str | None = None
    active: bool = True


class DossierAccepted(Slice):
    """An accepted dossier with its clock."""

    code: str
    procedure_code: str
    procedure_version: int
    field: str
    channel: str
    case: str | None = None
    receiving_point: str
    competent_agency: str
    submitted_at: datetime
    accepted_at: datetime
    due_at: datetime
    limit_text: str


async def on_agency(session: AsyncSession, event: AgencyChanged, meta: Meta) -> None:
    """Keep the agency's name."""
    await keep_agency(session, event.code, meta.aggregate_version, event.name, event.parent)


async def on_officer(session: AsyncSession, event: OfficerChanged, meta: Meta) -> None:
    """Keep the officer's place and roles; an officer of no agency handles nothing."""
    facts = OfficerFacts(
        id=event.officer_id,
        version=meta.aggregate_version,
        display_name=event.display_name,
        agency=event.agency or "",
        unit=event.unit,
        roles=event.roles,
        scope=event.scope,
        active=event.active,
    )
    await keep_officer(session, facts, meta.time)


def known_limits(limits: list[LimitSlice]) -> tuple[Limit, ...]:
    """Return the limits that name a rule and an amount; a same-day limit needs no amount."""
    return tuple(
        Limit(one.case, one.rule, Duration.parse(one.amount or "1 wd"))
        for one in limits
        if one.rule and (one.amount or one.rule == SAME_DAY)
    )


def published_process(event: ProcedurePublished) -> PublishedProcess:
    """Turn the published version into what processing keeps of it."""
    process = event.process or ProcessSlice()
    return PublishedProcess(
        code=event.code,
        version=event.version,
        name=event.name,
        name_en=event.name_en,
        steps=process.steps,
        process_version=process.version,
        decision_number=process.decision_number,
        decision_on=process.decision_on,
        result_template=(event.result and event.result.template) or PLAIN_TEMPLATE,
        offers=event.offers,
        limits=known_limits(event.limits),
    )


def subscriptions(rules: HandlingRules) -> Subscriptions:
    """Return one handler per event type."""

    async def on_procedure(session: AsyncSession, event: ProcedurePublished, _meta: Meta) -> None:
        await keep_procedure(session, published_process(event), rules)

    async def on_accepted(session: AsyncSession, event: DossierAccepted, meta: Meta) -> None:
        await open_dossier(session, AcceptedDossier(**event.model_dump()), rules, meta.time)

    listening = Subscriptions("processing")
    listening.on(AGENCY_CHANGED, AgencyChanged, on_agency)
    listening.on(PROCEDURE_PUBLISHED, ProcedurePublished, on_procedure)
    listening.on(OFFICER_CHANGED, OfficerChanged, on_officer)
    listening.on(DOSSIER_ACCEPTED, DossierAccepted, on_accepted)
    return listening
