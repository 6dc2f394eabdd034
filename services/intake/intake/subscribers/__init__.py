"""What intake listens to, and the slice of each event it reads."""

from collections.abc import Callable
from datetime import date, datetime
from typing import ClassVar

from common.clock import utc_now
from common.inbox import Meta, Slice, Subscriptions
from procedures import DeskContact, Procedure
from regulation.roles import Ground, Part, Role
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.news import NewDate
from intake.models import Glance
from intake.ports import Means
from intake.subscribers import outages
from intake.subscribers.outages import OUTAGES
from intake.subscribers.unit import (
    Corrected,
    DossierAssigned,
    DossierExtended,
    DossierOpened,
    DossierRejected,
    DossierSentBack,
    Finished,
    ResultReady,
    ResultReplaced,
    ResultRevoked,
    StepCompleted,
    SupplementDrafted,
    UnitSlice,
)
from intake.usecases.close_procedure import close_procedure
from intake.usecases.extend_dossier import extend_dossier
from intake.usecases.follow_unit import follow_unit
from intake.usecases.keep_agency import keep_agency
from intake.usecases.keep_hold import keep_hold
from intake.usecases.keep_officer import keep_officer
from intake.usecases.keep_procedure import keep_procedure
from intake.usecases.keep_supplement_draft import keep_supplement_draft
from intake.usecases.note_look import note_look
from intake.usecases.release_result import release_result
from intake.usecases.revoke_result import revoke_result
from intake.usecases.settle_owner import forget_owner, settle_owner


class AgencyChanged(Slice):
    """An agency with its desk."""

    type: ClassVar[str] = "catalog.agency_changed.v1"

    code: str
    name: str
    name_en: str
    level: str
    kind: str
    parent: str | None
    desk: DeskContact | None
    valid_from: date
    valid_to: date | None


class ProcedurePublished(Slice, Procedure):
    """A published version, whole."""

    type: ClassVar[str] = "catalog.procedure_published.v1"


class ProcedureClosed(Slice):
    """A procedure and its last day."""

    type: ClassVar[str] = "catalog.procedure_closed.v1"

    code: str
    closed_from: date


class OfficerChanged(Slice):
    """An officer's name."""

    type: ClassVar[str] = "identity.officer_changed.v1"

    officer_id: str
    display_name: str


class AccountClosingDue(Slice):
    """A closed account that may be erased once no open dossier needs its person."""

    type: ClassVar[str] = "identity.account_closing_due.v1"

    account_id: str


class AccountErased(Slice):
    """An account that says nothing of anybody any more."""

    type: ClassVar[str] = "identity.account_erased.v1"

    account_id: str


class HoldChanged(Slice):
    """A decision keeps a person or a dossier from being erased, or no longer."""

    type: ClassVar[str] = "identity.hold_changed.v1"

    hold_id: str
    kind: str
    subject: str
    keeps: bool


class DossierLookedAt(Slice):
    """An officer opened a dossier that is being handled."""

    type: ClassVar[str] = "processing.dossier_looked_at.v1"

    code: str
    part: Part
    officer_id: str
    officer_agency: str | None
    officer_unit: str | None
    role: Role
    ground: Ground


CATALOGUE: tuple[type[Slice], ...] = (AgencyChanged, ProcedurePublished, ProcedureClosed)
OFFICERS: tuple[type[Slice], ...] = (OfficerChanged, DossierLookedAt)
ACCOUNTS: tuple[type[Slice], ...] = (AccountClosingDue, AccountErased, HoldChanged)
UNDER_WAY: tuple[type[UnitSlice], ...] = (DossierOpened, DossierAssigned, StepCompleted, DossierSentBack)
BESIDE: tuple[type[Slice], ...] = (DossierExtended, SupplementDrafted)
FINISHED: tuple[type[Finished], ...] = (DossierRejected, ResultReady)
CORRECTED: tuple[type[Corrected], ...] = (ResultRevoked, ResultReplaced)
LISTENS: tuple[str, ...] = tuple(
    one.type
    for one in (*OUTAGES, *CATALOGUE, *OFFICERS, *ACCOUNTS, *UNDER_WAY, *BESIDE, *FINISHED, *CORRECTED)
)


def subscriptions(means: Means, clock: Callable[[], datetime] = utc_now) -> Subscriptions:
    """Return what to do for each event intake listens to."""
    listening = Subscriptions("intake")
    outages.listen(listening)
    listening.on(AgencyChanged, on_agency)
    listening.on(ProcedurePublished, on_procedure)
    listening.on(ProcedureClosed, on_closure)
    listening.on(OfficerChanged, on_officer)
    listening.on(AccountErased, on_erased)
    listening.on(HoldChanged, on_hold)
    listening.on(DossierLookedAt, on_look)
    listening.on(SupplementDrafted, on_drafted)
    for one in UNDER_WAY:
        listening.on(one, on_news)

    async def on_closing(session: AsyncSession, event: AccountClosingDue, meta: Meta) -> None:
        await settle_owner(session, event.account_id, meta, clock())

    async def on_finished(session: AsyncSession, event: Finished, meta: Meta) -> None:
        await release_result(session, means, event.news(meta), event.paper, now=clock())

    async def on_corrected(session: AsyncSession, event: Corrected, meta: Meta) -> None:
        told = {"revokes": event.revokes, "number": event.decision_number}
        replaced = event.type == ResultReplaced.type
        await revoke_result(session, means, event.news(meta), event.paper, **told, replaced=replaced)

    async def on_extended(session: AsyncSession, event: DossierExtended, meta: Meta) -> None:
        news = NewDate(event.code, event.until, event.reason, event.extended_at, meta.agency)
        await extend_dossier(session, means, news, event.paper)

    listening.on(AccountClosingDue, on_closing)
    listening.on(DossierExtended, on_extended)
    for end in FINISHED:
        listening.on(end, on_finished)
    for correction in CORRECTED:
        listening.on(correction, on_corrected)
    return listening


async def on_agency(session: AsyncSession, event: AgencyChanged, meta: Meta) -> None:
    """Keep the agency."""
    await keep_agency(session, event.model_dump() | {"desk": event.desk}, meta.aggregate_version)


async def on_procedure(session: AsyncSession, event: ProcedurePublished, _meta: Meta) -> None:
    """Keep the version."""
    await keep_procedure(session, event)


async def on_closure(session: AsyncSession, event: ProcedureClosed, meta: Meta) -> None:
    """Remember the closing date."""
    await close_procedure(session, event.code, event.closed_from, meta.aggregate_version)


async def on_officer(session: AsyncSession, event: OfficerChanged, meta: Meta) -> None:
    """Keep the officer's name."""
    await keep_officer(session, event.officer_id, event.display_name, meta.aggregate_version)


async def on_erased(session: AsyncSession, event: AccountErased, meta: Meta) -> None:
    """Erase what was the person's alone."""
    await forget_owner(session, event.account_id)


async def on_hold(session: AsyncSession, event: HoldChanged, meta: Meta) -> None:
    """Keep what a decision keeps."""
    told = event.model_dump(exclude={"hold_id"})
    await keep_hold(session, event.hold_id, meta.aggregate_version, **told)


async def on_look(session: AsyncSession, event: DossierLookedAt, meta: Meta) -> None:
    """Write the look down for the owner."""
    who = (event.officer_agency, event.officer_unit, event.role, event.ground)
    await note_look(session, Glance(event.code, event.officer_id, event.part, *who), meta.time, meta.agency)


async def on_drafted(session: AsyncSession, event: SupplementDrafted, meta: Meta) -> None:
    """Keep the draft for the desk."""
    await keep_supplement_draft(session, event.draft(meta))


async def on_news(session: AsyncSession, event: UnitSlice, meta: Meta) -> None:
    """Follow the unit's news."""
    await follow_unit(session, event.news(meta), repeated=meta.announcement)
