"""What processing listens to, and the slice of each event it reads."""

from datetime import datetime

from common.inbox import Meta, Subscriptions
from procedures import Procedure
from pydantic import BaseModel, ConfigDict
from sqlalchemy.ext.asyncio import AsyncSession

from processing.domain.rules import HandlingRules
from processing.usecases.keep_agency import keep_agency
from processing.usecases.keep_officer import OfficerFacts, keep_officer
from processing.usecases.keep_procedure import keep_procedure
from processing.usecases.open_dossier import AcceptedDossier, open_dossier

AGENCY_CHANGED = "catalog.agency_changed.v1"
PROCEDURE_PUBLISHED = "catalog.procedure_published.v1"
OFFICER_CHANGED = "identity.officer_changed.v1"
DOSSIER_ACCEPTED = "intake.dossier_accepted.v1"
LISTENS: tuple[str, ...] = (AGENCY_CHANGED, PROCEDURE_PUBLISHED, OFFICER_CHANGED, DOSSIER_ACCEPTED)


class Slice(BaseModel):
    """The part of an event this service reads; the rest is ignored."""

    model_config = ConfigDict(extra="ignore")


class AgencyChanged(Slice):
    """Name and place of an agency."""

    code: str
    name: str
    parent: str | None = None


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


def subscriptions(rules: HandlingRules) -> Subscriptions:
    """Return one handler per event type."""

    async def on_procedure(session: AsyncSession, event: Procedure, _meta: Meta) -> None:
        await keep_procedure(session, event, rules)

    async def on_accepted(session: AsyncSession, event: DossierAccepted, meta: Meta) -> None:
        await open_dossier(session, AcceptedDossier(**event.model_dump()), rules, meta.time)

    listening = Subscriptions("processing")
    listening.on(AGENCY_CHANGED, AgencyChanged, on_agency)
    listening.on(PROCEDURE_PUBLISHED, Procedure, on_procedure)
    listening.on(OFFICER_CHANGED, OfficerChanged, on_officer)
    listening.on(DOSSIER_ACCEPTED, DossierAccepted, on_accepted)
    return listening
