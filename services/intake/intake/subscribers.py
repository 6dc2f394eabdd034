"""What intake listens to, and the slice of each event it reads."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from common.inbox import Meta, Subscriptions
from procedures import Procedure
from pydantic import BaseModel, ConfigDict
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.news import UnitNews
from intake.ports import Office
from intake.usecases.close_procedure import close_procedure
from intake.usecases.follow_unit import follow_unit
from intake.usecases.keep_agency import keep_agency
from intake.usecases.keep_procedure import keep_procedure
from intake.usecases.release_result import FinishedPaper, release_result

AGENCY_CHANGED = "catalog.agency_changed.v1"
PROCEDURE_PUBLISHED = "catalog.procedure_published.v1"
PROCEDURE_CLOSED = "catalog.procedure_closed.v1"
DOSSIER_REJECTED = "processing.dossier_rejected.v1"
RESULT_READY = "processing.result_ready.v1"
UNIT_NEWS = (
    "processing.dossier_opened.v1",
    "processing.dossier_assigned.v1",
    "processing.step_completed.v1",
    "processing.dossier_sent_back.v1",
)
LISTENS: tuple[str, ...] = (
    AGENCY_CHANGED,
    PROCEDURE_PUBLISHED,
    PROCEDURE_CLOSED,
    *UNIT_NEWS,
    DOSSIER_REJECTED,
    RESULT_READY,
)


class Slice(BaseModel):
    """The part of an event this service reads; the rest is ignored."""

    model_config = ConfigDict(extra="ignore")


class AgencySlice(Slice):
    """An agency with its desk."""

    code: str
    name: str
    name_en: str | None = None
    level: str = ""
    kind: str | None = None
    parent: str | None = None
    desk: dict[str, Any] | None = None
    valid_from: date | None = None
    valid_to: date | None = None


class ClosureSlice(Slice):
    """A procedure and its last day."""

    code: str
    closed_from: date


class PaperSlice(Slice):
    """A paper another service stored."""

    sha256: str
    size: int
    name: str
    media_type: str = "application/pdf"


class UnitSlice(Slice):
    """Where the specialist unit stands with a dossier."""

    code: str
    state: str
    step_no: int | None = None
    step_count: int | None = None
    step_name: str | None = None
    step_name_en: str | None = None
    unit: str | None = None
    officer_id: str | None = None
    occurred_at: datetime

    def news(self, meta: Meta) -> UnitNews:
        """Return the slice as the use cases take it."""
        return UnitNews(
            code=self.code,
            state=self.state,
            version=meta.aggregate_version,
            at=self.occurred_at,
            step_no=self.step_no,
            step_count=self.step_count,
            step_name=self.step_name,
            step_name_en=self.step_name_en,
            unit=self.unit,
            officer_id=self.officer_id,
            agency=meta.agency,
        )


class FinishedSlice(UnitSlice):
    """The end of the handling with its paper; a rejection has no verification code of its own."""

    document: PaperSlice
    verification_code: str | None = None
    signer: str | None = None


def utc_now() -> datetime:
    """Tell the time in UTC."""
    return datetime.now(UTC)


def subscriptions(office: Office, clock: Callable[[], datetime] = utc_now) -> Subscriptions:
    """Return what to do for each event intake listens to."""
    listening = Subscriptions("intake")
    listening.on(AGENCY_CHANGED, AgencySlice, on_agency)
    listening.on(PROCEDURE_PUBLISHED, Procedure, on_procedure)
    listening.on(PROCEDURE_CLOSED, ClosureSlice, on_closure)
    for type_ in UNIT_NEWS:
        listening.on(type_, UnitSlice, on_unit_news)

    async def on_finished(session: AsyncSession, event: FinishedSlice, meta: Meta) -> None:
        paper = event.document
        finished = FinishedPaper(
            paper.sha256, paper.size, paper.name, paper.media_type, event.verification_code, event.signer
        )
        await release_result(session, office, event.news(meta), finished, now=clock())

    listening.on(DOSSIER_REJECTED, FinishedSlice, on_finished)
    listening.on(RESULT_READY, FinishedSlice, on_finished)
    return listening


async def on_agency(session: AsyncSession, event: AgencySlice, meta: Meta) -> None:
    """Keep the agency."""
    await keep_agency(session, event.model_dump(), meta.aggregate_version)


async def on_procedure(session: AsyncSession, event: Procedure, _meta: Meta) -> None:
    """Keep the version."""
    await keep_procedure(session, event)


async def on_closure(session: AsyncSession, event: ClosureSlice, meta: Meta) -> None:
    """Remember the closing date."""
    await close_procedure(session, event.code, event.closed_from, meta.aggregate_version)


async def on_unit_news(session: AsyncSession, event: UnitSlice, meta: Meta) -> None:
    """Follow the unit's news."""
    await follow_unit(session, event.news(meta))
