"""Notices about handling: rejected, result ready, overdue; and reminders to officers."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from common.inbox import Meta, Subscriptions
from sqlalchemy.ext.asyncio import AsyncSession

from notify import queries
from notify.domain.kinds import Kind, result_kind
from notify.domain.notice import Enclosure, Notice, dossier_values
from notify.domain.wording import LANGUAGES, moment
from notify.subscribers.slices import Slice
from notify.usecases.tell import Writer, tell

REJECTED = "processing.dossier_rejected.v1"
READY = "processing.result_ready.v1"
OVERDUE = "processing.dossier_overdue.v1"
DUE_SOON = "processing.dossier_due_soon.v1"
IDLE = "processing.officer_idle.v1"
TYPES = (REJECTED, READY, OVERDUE, DUE_SOON, IDLE)


class DocumentSlice(Slice):
    """A document in the file store."""

    sha256: str
    size: int
    name: str
    media_type: str


class DecidedFact(Slice):
    """A decision with its document."""

    code: str
    rejected_at: datetime | None = None
    ready_at: datetime | None = None
    document: DocumentSlice

    def papers(self) -> tuple[Enclosure, ...]:
        """Return the document as attachment."""
        return (Enclosure(**self.document.model_dump()),)


class DueFact(Slice):
    """A due time that nears or passed."""

    code: str
    officer_id: str | None = None
    due_at: datetime


class IdleFact(Slice):
    """An officer with unseen dossiers, and who is to be told."""

    officer_name: str
    tell: list[str]
    open_count: int
    since: datetime


Handler = Callable[[AsyncSession, DecidedFact, Meta], Awaitable[None]]


def rejected(writer: Writer) -> Handler:
    """Return the handler that sends a rejection with its reasoned document. Source: BD Đ.8.2; R-NTF-05"""

    async def on_rejected(session: AsyncSession, event: DecidedFact, meta: Meta) -> None:
        await _decided(session, event, meta, writer, kind=Kind.DOSSIER_REJECTED)

    return on_rejected


def ready(writer: Writer) -> Handler:
    """Return the handler that announces a result, early or not. Source: TN Đ.11.5.c; R-NTF-08"""

    async def on_ready(session: AsyncSession, event: DecidedFact, meta: Meta) -> None:
        facts = await queries.dossier_facts(session, event.code)
        kind = result_kind(early=facts.early(event.ready_at or meta.time))
        await _decided(session, event, meta, writer, kind=kind)

    return on_ready


async def _decided(
    session: AsyncSession, event: DecidedFact, meta: Meta, writer: Writer, *, kind: Kind
) -> None:
    facts = await queries.dossier_facts(session, event.code)
    at = event.ready_at or event.rejected_at or meta.time
    values = dossier_values(facts, lambda lang: {"at": moment(at, lang)}, facts.due_at)
    papers = event.papers() if kind is Kind.DOSSIER_REJECTED else ()
    notice = Notice(kind, meta.id, facts.recipients, event.code, values, facts.due_at, papers)
    await tell(session, notice, writer, meta.time)


def overdue(writer: Writer) -> Callable[[AsyncSession, DueFact, Meta], Awaitable[None]]:
    """Return the handler that tells applicant and officer of a passed due time."""

    async def on_overdue(session: AsyncSession, event: DueFact, meta: Meta) -> None:
        facts = await queries.dossier_facts(session, event.code)
        values = dossier_values(facts, lambda _: {}, event.due_at)
        notice = Notice(Kind.DOSSIER_OVERDUE, meta.id, facts.recipients, event.code, values, event.due_at)
        await tell(session, notice, writer, meta.time)
        await _to_officer(session, event, meta, writer, kind=Kind.OFFICER_OVERDUE)

    return on_overdue


def due_soon(writer: Writer) -> Callable[[AsyncSession, DueFact, Meta], Awaitable[None]]:
    """Return the handler that reminds the officer before the due time."""

    async def on_due_soon(session: AsyncSession, event: DueFact, meta: Meta) -> None:
        await _to_officer(session, event, meta, writer, kind=Kind.OFFICER_DUE_SOON)

    return on_due_soon


async def _to_officer(
    session: AsyncSession, event: DueFact, meta: Meta, writer: Writer, *, kind: Kind
) -> None:
    facts = await queries.dossier_facts(session, event.code)
    officers = (event.officer_id,) if event.officer_id else ()
    values = dossier_values(facts, lambda _: {}, event.due_at)
    await tell(session, Notice(kind, meta.id, officers, event.code, values, event.due_at), writer, meta.time)


def idle(writer: Writer) -> Callable[[AsyncSession, IdleFact, Meta], Awaitable[None]]:
    """Return the handler that reminds an idle officer, or tells the head."""

    async def on_idle(session: AsyncSession, event: IdleFact, meta: Meta) -> None:
        values = {
            lang: {
                "officer": event.officer_name,
                "open_count": event.open_count,
                "at": moment(event.since, lang),
            }
            for lang in LANGUAGES
        }
        notice = Notice(Kind.OFFICER_IDLE, meta.id, tuple(event.tell), None, values)
        await tell(session, notice, writer, meta.time)

    return on_idle


def listen(listening: Subscriptions, writer: Writer) -> None:
    """Register the handlers."""
    listening.on(REJECTED, DecidedFact, rejected(writer))
    listening.on(READY, DecidedFact, ready(writer))
    listening.on(OVERDUE, DueFact, overdue(writer))
    listening.on(DUE_SOON, DueFact, due_soon(writer))
    listening.on(IDLE, IdleFact, idle(writer))
