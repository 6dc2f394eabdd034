"""What is told of dossiers: one slice per event type, each naming the instant and the due time that count."""

from datetime import datetime
from typing import ClassVar

from common.inbox import Meta, Slice, Told
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from stats.domain import story
from stats.domain.story import Belonging, Fact, Hands
from stats.usecases.expect_owners import expect_owners
from stats.usecases.record_facts import record_facts


class DossierFact(Slice):
    """What every fact about a dossier says; `at` is the instant that counts."""

    code: str
    at: datetime

    @property
    def sets_due_at(self) -> datetime | None:
        """Return the due time the fact sets, nothing for most."""
        return None

    @property
    def place(self) -> Belonging | None:
        """Return where the dossier counts, nothing when the announcer does not know it."""
        return None

    @property
    def hands(self) -> Hands | None:
        """Return in whose hands the dossier is, nothing when the announcer does not know it."""
        return None


class IntakeFact(DossierFact):
    """A fact of the receiving service, which knows where the dossier counts."""

    receiving_point: str
    competent_agency: str
    field: str
    channel: str
    procedure_code: str

    @property
    def place(self) -> Belonging | None:
        """Return where the dossier counts."""
        return Belonging(
            self.receiving_point, self.competent_agency, self.field, self.channel, self.procedure_code
        )


class TimedFact(IntakeFact):
    """A fact from which a due time runs."""

    due_at: datetime

    @property
    def sets_due_at(self) -> datetime | None:
        """Return the due time."""
        return self.due_at


class DossierSubmitted(TimedFact):
    """Received: until the check's due time only the check can be late."""

    type: ClassVar[str] = story.RECEIVED

    at: datetime = Field(alias="submitted_at")
    due_at: datetime = Field(alias="check_due_at")


class DossierResubmitted(TimedFact):
    """The applicant answered; a new check runs."""

    type: ClassVar[str] = story.RESUMED

    at: datetime = Field(alias="resubmitted_at")
    due_at: datetime = Field(alias="check_due_at")


class DossierSupplemented(TimedFact):
    """The applicant answered while the dossier is handled; its time runs again."""

    type: ClassVar[str] = story.SUPPLEMENTED

    at: datetime = Field(alias="supplied_at")


class DossierAccepted(TimedFact):
    """The handling time runs."""

    type: ClassVar[str] = story.ACCEPTED

    at: datetime = Field(alias="accepted_at")


class DossierSupplementRequested(IntakeFact):
    """The wait for the applicant begins."""

    type: ClassVar[str] = story.PAUSED

    at: datetime = Field(alias="requested_at")


class DossierRefused(IntakeFact):
    """The desk refused the dossier."""

    type: ClassVar[str] = story.REFUSED

    at: datetime = Field(alias="refused_at")


class DossierRedirected(IntakeFact):
    """The dossier belongs to another agency."""

    type: ClassVar[str] = story.REDIRECTED

    at: datetime = Field(alias="redirected_at")


class DossierReturned(IntakeFact):
    """The result is with the applicant."""

    type: ClassVar[str] = story.RETURNED

    at: datetime = Field(alias="returned_at")


class HandledFact(DossierFact):
    """A fact of the settling service, which knows in whose hands the dossier is."""

    unit: str
    officer_id: str | None

    @property
    def hands(self) -> Hands | None:
        """Return in whose hands the dossier is."""
        return Hands(self.unit, self.officer_id)


class MovedFact(HandledFact):
    """The dossier came into other hands."""

    at: datetime = Field(alias="occurred_at")


class DossierOpened(MovedFact):
    """The first unit of the process has the dossier."""

    type: ClassVar[str] = story.OPENED


class DossierAssigned(MovedFact):
    """An officer has the dossier."""

    type: ClassVar[str] = story.ASSIGNED


class StepCompleted(MovedFact):
    """The next step began, perhaps in another unit."""

    type: ClassVar[str] = story.STEP_ENDED


class DossierSentBack(MovedFact):
    """The specialist's step began anew."""

    type: ClassVar[str] = story.SENT_BACK


class DossierRejected(HandledFact):
    """The competent agency rejected the dossier."""

    type: ClassVar[str] = story.REJECTED

    at: datetime = Field(alias="rejected_at")


class ResultReady(HandledFact):
    """The result is ready for the applicant."""

    type: ClassVar[str] = story.READY

    at: datetime = Field(alias="ready_at")


FACTS: tuple[type[DossierFact], ...] = (
    DossierSubmitted,
    DossierResubmitted,
    DossierSupplemented,
    DossierAccepted,
    DossierSupplementRequested,
    DossierRefused,
    DossierRedirected,
    DossierReturned,
    DossierOpened,
    DossierAssigned,
    StepCompleted,
    DossierSentBack,
    DossierRejected,
    ResultReady,
)


def _fact(event: DossierFact, meta: Meta) -> Fact:
    return Fact(
        meta.type, meta.aggregate_version, event.at, event.sets_due_at, place=event.place, hands=event.hands
    )


async def on_facts(session: AsyncSession, told: Told) -> None:
    """Count the dossiers; what is told of handling must come from the agency that settles them."""
    known = {event.code: event.competent_agency for event, _ in told if isinstance(event, IntakeFact)}
    handled = [(event.code, meta.agency) for event, meta in told if isinstance(event, HandledFact)]
    await expect_owners(session, handled, known)
    await record_facts(
        session,
        [(event.code, _fact(event, meta)) for event, meta in told],
    )
