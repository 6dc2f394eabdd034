"""Notices about handling: rejected, result ready, overdue; and reminders to officers."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import ClassVar, TypeVar

from common.inbox import Meta, Slice, Subscriptions
from regulation.text import LANGUAGES, short_instant
from sqlalchemy.ext.asyncio import AsyncSession

from notify import queries
from notify.domain.kinds import Kind, result_kind
from notify.domain.notice import DossierFacts, Enclosure, Notice, dossier_values
from notify.usecases.tell import Writer, tell


class DossierRejected(Slice):
    """A rejection with its reasoned document."""

    type: ClassVar[str] = "processing.dossier_rejected.v1"

    code: str
    rejected_at: datetime
    document: Enclosure


class ResultReady(Slice):
    """A result that waits for the applicant."""

    type: ClassVar[str] = "processing.result_ready.v1"

    code: str
    ready_at: datetime
    signer: str | None


class CorrectedSlice(Slice):
    """An issued result that no longer counts, and the paper that says so or takes its place."""

    code: str
    decided_at: datetime
    document: Enclosure


class ResultRevoked(CorrectedSlice):
    """The result was taken back."""

    type: ClassVar[str] = "processing.result_revoked.v1"


class ResultReplaced(CorrectedSlice):
    """Another result took its place."""

    type: ClassVar[str] = "processing.result_replaced.v1"


class DueSlice(Slice):
    """A due time that nears or passed."""

    code: str
    officer_id: str | None
    due_at: datetime


class DossierOverdue(DueSlice):
    """The due time passed."""

    type: ClassVar[str] = "processing.dossier_overdue.v1"


class DossierDueSoon(DueSlice):
    """The due time nears."""

    type: ClassVar[str] = "processing.dossier_due_soon.v1"


class OfficerIdle(Slice):
    """An officer with unseen dossiers, and who is to be told."""

    type: ClassVar[str] = "processing.officer_idle.v1"

    officer_name: str
    tell: list[str]
    open_count: int
    since: datetime


SLICES: tuple[type[Slice], ...] = (
    DossierRejected,
    ResultReady,
    ResultRevoked,
    ResultReplaced,
    DossierOverdue,
    DossierDueSoon,
    OfficerIdle,
)
S = TypeVar("S", bound=Slice)
Told = Callable[[Notice], Awaitable[int]]
Handler = Callable[[AsyncSession, S, Meta], Awaitable[None]]


async def on_rejected(session: AsyncSession, event: DossierRejected, meta: Meta, told: Told) -> None:
    """Send the rejection with its document. Source: BD Đ.8.2; R-NTF-05"""
    facts = await queries.dossier_facts(session, event.code)
    papers = (event.document,)
    await told(_decided(facts, meta, Kind.DOSSIER_REJECTED, event.rejected_at, papers=papers))


async def on_ready(session: AsyncSession, event: ResultReady, meta: Meta, told: Told) -> None:
    """Tell of the result, early or not. Source: TN Đ.11.5.c; R-NTF-08"""
    facts = await queries.dossier_facts(session, event.code)
    kind = result_kind(early=facts.early(event.ready_at))
    await told(_decided(facts, meta, kind, event.ready_at, signed=bool(event.signer)))


async def on_corrected(session: AsyncSession, event: CorrectedSlice, meta: Meta, told: Told) -> None:
    """Tell that a result no longer counts, with the paper that says why. Source: BD Đ.8.2; R-NTF-05"""
    facts = await queries.dossier_facts(session, event.code)
    papers = (event.document,)
    kind = Kind.RESULT_REPLACED if event.type == ResultReplaced.type else Kind.RESULT_REVOKED
    await told(_decided(facts, meta, kind, event.decided_at, papers=papers))


def _decided(
    facts: DossierFacts,
    meta: Meta,
    kind: Kind,
    at: datetime,
    *,
    signed: bool = True,
    papers: tuple[Enclosure, ...] = (),
) -> Notice:
    values = dossier_values(
        facts, lambda lang: {"at": short_instant(at, lang), "signed": signed}, facts.due_at
    )
    return Notice(kind, meta.id, facts.recipients, facts.code, values, facts.due_at, papers)


async def on_overdue(session: AsyncSession, event: DossierOverdue, meta: Meta, told: Told) -> None:
    """Tell applicant and officer of a passed due time."""
    facts = await queries.dossier_facts(session, event.code)
    values = dossier_values(facts, lambda _: {}, event.due_at)
    await told(Notice(Kind.DOSSIER_OVERDUE, meta.id, facts.recipients, event.code, values, event.due_at))
    await told(_to_officer(facts, event, meta, Kind.OFFICER_OVERDUE))


async def on_due_soon(session: AsyncSession, event: DossierDueSoon, meta: Meta, told: Told) -> None:
    """Remind the officer before the due time."""
    facts = await queries.dossier_facts(session, event.code)
    await told(_to_officer(facts, event, meta, Kind.OFFICER_DUE_SOON))


def _to_officer(facts: DossierFacts, event: DueSlice, meta: Meta, kind: Kind) -> Notice:
    officers = (event.officer_id,) if event.officer_id else ()
    values = dossier_values(facts, lambda _: {}, event.due_at)
    return Notice(kind, meta.id, officers, event.code, values, event.due_at)


async def on_idle(_session: AsyncSession, event: OfficerIdle, meta: Meta, told: Told) -> None:
    """Remind an idle officer, or tell the head."""
    values = {
        lang: {
            "officer": event.officer_name,
            "open_count": event.open_count,
            "at": short_instant(event.since, lang),
        }
        for lang in LANGUAGES
    }
    await told(Notice(Kind.OFFICER_IDLE, meta.id, tuple(event.tell), None, values))


def listen(listening: Subscriptions, writer: Writer) -> None:
    """Register the handlers; a state announced again is no news, and notify keeps no copy of it."""

    def telling(handler: Callable[[AsyncSession, S, Meta, Told], Awaitable[None]]) -> Handler[S]:
        async def on_news(session: AsyncSession, event: S, meta: Meta) -> None:
            if not meta.announcement:
                await handler(session, event, meta, lambda notice: tell(session, notice, writer, meta.time))

        return on_news

    listening.on(DossierRejected, telling(on_rejected))
    listening.on(ResultReady, telling(on_ready))
    listening.on(ResultRevoked, telling(on_corrected))
    listening.on(ResultReplaced, telling(on_corrected))
    listening.on(DossierOverdue, telling(on_overdue))
    listening.on(DossierDueSoon, telling(on_due_soon))
    listening.on(OfficerIdle, telling(on_idle))
