"""What statistics listen to, and the slice of each event they read."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from common.inbox import Meta, Subscriptions
from pydantic import AliasChoices, BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncSession

from stats.domain import story
from stats.domain.story import Fact
from stats.usecases.record_fact import Place, record_fact
from stats.usecases.record_names import AgencyFacts, record_agency, record_field

AGENCY_CHANGED = "catalog.agency_changed.v1"
PROCEDURE_PUBLISHED = "catalog.procedure_published.v1"
FACTS = (
    story.RECEIVED,
    story.ACCEPTED,
    story.PAUSED,
    story.RESUMED,
    story.REFUSED,
    story.REDIRECTED,
    story.RETURNED,
    story.REJECTED,
    story.READY,
)
LISTENS: tuple[str, ...] = (AGENCY_CHANGED, PROCEDURE_PUBLISHED, *FACTS)
_INSTANTS = (
    "accepted_at",
    "requested_at",
    "resubmitted_at",
    "refused_at",
    "redirected_at",
    "returned_at",
    "rejected_at",
    "ready_at",
    "submitted_at",
    "occurred_at",
)


class Slice(BaseModel):
    """The part of an event this service reads; the rest is ignored."""

    model_config = ConfigDict(extra="ignore")


class AgencyChanged(Slice):
    """Name, level and kind of an agency."""

    code: str
    name: str
    name_en: str | None = None
    level: str
    kind: str = ""
    parent: str | None = None


class ProcedurePublished(Slice):
    """The name of the field a procedure belongs to."""

    field: str
    field_name: str


class DossierFact(Slice):
    """One fact about a dossier, from whichever service announced it; the first instant named is the one that counts."""

    code: str
    at: datetime = Field(validation_alias=AliasChoices(*_INSTANTS))
    due_at: datetime | None = Field(None, validation_alias=AliasChoices("due_at", "check_due_at"))
    receiving_point: str | None = None
    competent_agency: str = ""
    field: str = ""
    channel: str = ""
    procedure_code: str = ""

    @property
    def place(self) -> Place | None:
        """Return where the dossier counts, if the announcer knows it."""
        if self.receiving_point is None:
            return None
        return Place(
            self.receiving_point, self.competent_agency, self.field, self.channel, self.procedure_code
        )


async def on_agency(session: AsyncSession, event: AgencyChanged, meta: Meta) -> None:
    """Keep the agency's name and place."""
    await record_agency(session, AgencyFacts(version=meta.aggregate_version, **event.model_dump()))


async def on_procedure(session: AsyncSession, event: ProcedurePublished, meta: Meta) -> None:
    """Keep the field's name."""
    await record_field(session, event.field, event.field_name, meta.time)


async def on_fact(session: AsyncSession, event: DossierFact, meta: Meta) -> None:
    """Count the dossier."""
    fact = Fact(meta.type, meta.aggregate_version, event.at, event.due_at)
    await record_fact(session, event.code, fact, event.place)


def subscriptions() -> Subscriptions:
    """Return one handler per event type."""
    listening = Subscriptions("stats")
    listening.on(AGENCY_CHANGED, AgencyChanged, on_agency)
    listening.on(PROCEDURE_PUBLISHED, ProcedurePublished, on_procedure)
    handler: Callable[[AsyncSession, DossierFact, Meta], Awaitable[None]] = on_fact
    for type_ in FACTS:
        listening.on(type_, DossierFact, handler)
    return listening
