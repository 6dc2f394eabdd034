"""Notices about handling: rejected, result ready, overdue; and reminders to officers."""

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import chain
from typing import Any, ClassVar

from common.inbox import Meta, NotYetError, Slice, Subscriptions, Told
from regulation.text import LANGUAGES, short_instant
from sqlalchemy.ext.asyncio import AsyncSession

from notify import queries
from notify.domain.kinds import Kind, result_kind
from notify.domain.notice import (
    DossierFacts,
    Enclosure,
    Homes,
    Notice,
    dossier_values,
    expect_own_officers,
    is_own,
)
from notify.usecases.keep_copies import note_standing
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


class DossierExtended(Slice):
    """The applicant is promised a new date."""

    type: ClassVar[str] = "processing.dossier_extended.v1"

    code: str
    due_at: datetime
    until: datetime
    reason: str
    document: Enclosure


class DueSlice(Slice):
    """A due time that nears or passed; `substitute_id` stands in for the officer, who is away."""

    code: str
    officer_id: str | None
    substitute_id: str | None = None
    due_at: datetime


class DossierAssigned(Slice):
    """An officer handles the dossier from now on; `assigned_by` is who gave it to him, None where nobody did."""

    type: ClassVar[str] = "processing.dossier_assigned.v1"

    code: str
    officer_id: str | None
    assigned_by: str | None


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


TO_OFFICER = (DueSlice, DossierAssigned)
"""The facts of which the dossier's officer is told."""
OFFICERS = ("officer_id", "substitute_id")
"""What in these facts names an officer."""

SLICES: tuple[type[Slice], ...] = (
    DossierRejected,
    ResultReady,
    ResultRevoked,
    ResultReplaced,
    DossierExtended,
    DossierOverdue,
    DossierDueSoon,
    DossierAssigned,
    OfficerIdle,
)
Notices = tuple[Notice, ...]


def rejected(facts: DossierFacts, event: DossierRejected, meta: Meta) -> Notices:
    """Send the rejection with its document. Source: BD Đ.8.2; R-NTF-05"""
    papers = (event.document,)
    return (_decided(facts, meta, Kind.DOSSIER_REJECTED, event.rejected_at, papers=papers),)


def ready(facts: DossierFacts, event: ResultReady, meta: Meta) -> Notices:
    """Tell of the result, early or not. Source: TN Đ.11.5.c; R-NTF-08"""
    kind = result_kind(early=facts.early(event.ready_at))
    return (_decided(facts, meta, kind, event.ready_at, signed=bool(event.signer)),)


def corrected(facts: DossierFacts, event: CorrectedSlice, meta: Meta) -> Notices:
    """Tell that a result no longer counts, with the paper that says why. Source: BD Đ.8.2; R-NTF-05"""
    papers = (event.document,)
    kind = Kind.RESULT_REPLACED if event.type == ResultReplaced.type else Kind.RESULT_REVOKED
    return (_decided(facts, meta, kind, event.decided_at, papers=papers),)


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
    return Notice(kind, meta.id, meta.time, facts.recipients, facts.code, values, facts.due_at, papers)


def extended(facts: DossierFacts, event: DossierExtended, meta: Meta) -> Notices:
    """Tell of the new date with the apology and its reason. Source: NĐ 61/2018 Đ.19.9; TN Đ.11.4.g; R-PRC-14"""
    values = dossier_values(
        facts,
        lambda lang: {"at": short_instant(event.due_at, lang), "lines": event.reason.splitlines()},
        event.until,
    )
    papers = (event.document,)
    kind = Kind.DOSSIER_EXTENDED
    return (Notice(kind, meta.id, meta.time, facts.recipients, event.code, values, event.until, papers),)


def overdue(facts: DossierFacts, event: DossierOverdue, meta: Meta) -> Notices:
    """Tell applicant and officer of a passed due time; who is away has a substitute for that. Source: R-INT-21"""
    values = dossier_values(facts, lambda _: {}, event.due_at)
    applicant = Notice(
        Kind.DOSSIER_OVERDUE, meta.id, meta.time, facts.recipients, event.code, values, event.due_at
    )
    return applicant, _to_officer(facts, event, meta, Kind.OFFICER_OVERDUE)


def due_soon(facts: DossierFacts, event: DossierDueSoon, meta: Meta) -> Notices:
    """Remind the officer before the due time."""
    return (_to_officer(facts, event, meta, Kind.OFFICER_DUE_SOON),)


def assigned(facts: DossierFacts, event: DossierAssigned, meta: Meta) -> Notices:
    """Tell an officer of what another gave him; who took it himself knows. Source: NB Đ.24.1; R-NTF-10"""
    if not event.officer_id or event.assigned_by in (None, event.officer_id):
        return ()
    values = dossier_values(facts, lambda _: {}, facts.due_at)
    kind, officers = Kind.OFFICER_ASSIGNED, (event.officer_id,)
    return (Notice(kind, meta.id, meta.time, officers, event.code, values, facts.due_at),)


def _to_officer(facts: DossierFacts, event: DueSlice, meta: Meta, kind: Kind) -> Notice:
    one = event.substitute_id or event.officer_id
    officers = (one,) if one else ()
    values = dossier_values(facts, lambda _: {}, event.due_at)
    return Notice(kind, meta.id, meta.time, officers, event.code, values, event.due_at)


ABOUT_DOSSIERS: Mapping[type[Slice], Callable[[DossierFacts, Any, Meta], Notices]] = {
    DossierRejected: rejected,
    ResultReady: ready,
    ResultRevoked: corrected,
    ResultReplaced: corrected,
    DossierExtended: extended,
    DossierOverdue: overdue,
    DossierDueSoon: due_soon,
    DossierAssigned: assigned,
}
SETTLING = (DossierRejected, ResultReady)
"""The facts after which nothing of a dossier is overdue any more."""


def idle(event: OfficerIdle, meta: Meta) -> Notice:
    """Remind an idle officer, or tell the head."""
    values = {
        lang: {
            "officer": event.officer_name,
            "open_count": event.open_count,
            "at": short_instant(event.since, lang),
        }
        for lang in LANGUAGES
    }
    return Notice(Kind.OFFICER_IDLE, meta.id, meta.time, tuple(event.tell), None, values)


async def _with_own_officers(session: AsyncSession, news: list[tuple[Any, Meta]]) -> list[tuple[Any, Meta]]:
    """Leave out officers of another agency, as one who has moved since; the applicant is told all the same."""
    named = {who for event, _ in news for who in _officers(event)}
    homes = await queries.homes(session, named) if named else {}
    return [
        (event.model_copy(update=dict.fromkeys(_named_elsewhere(event, homes, meta))), meta)
        for event, meta in news
    ]


def _officers(event: Any) -> list[str]:
    return [who for part in OFFICERS if (who := getattr(event, part, None)) and isinstance(event, TO_OFFICER)]


def _named_elsewhere(event: Any, homes: Homes, meta: Meta) -> list[str]:
    """Return the parts of an event that name an officer of another agency."""
    ours = _officers(event)
    return [
        part
        for part in OFFICERS
        if (who := getattr(event, part, None)) in ours and not is_own(str(who), homes, meta.agency)
    ]


def listen(listening: Subscriptions, writer: Writer) -> None:
    """Register the handlers; a state announced again is no news, and notify keeps no copy of it."""

    async def on_facts(session: AsyncSession, told: Told) -> None:
        news = [(event, meta) for event, meta in told if not meta.announcement]
        facts = await queries.dossier_facts(session, {event.code for event, _ in news})
        await note_standing(
            session,
            overdue={event.code: meta.time for event, meta in news if isinstance(event, DossierOverdue)},
            settled={event.code: meta.time for event, meta in news if isinstance(event, SETTLING)},
        )
        for event, meta in news:
            facts[event.code].expect_told_by(meta.agency)
        news = await _with_own_officers(session, news)
        notices = [ABOUT_DOSSIERS[type(event)](facts[event.code], event, meta) for event, meta in news]
        await tell(session, list(chain.from_iterable(notices)), writer)

    async def on_idle(session: AsyncSession, event: OfficerIdle, meta: Meta) -> None:
        if not meta.announcement:
            homes = await queries.homes(session, event.tell)
            if unknown := [one for one in event.tell if one not in homes]:
                raise NotYetError("officer", unknown[0])
            expect_own_officers(event.tell, homes, meta.agency)
            await tell(session, [idle(event, meta)], writer)

    listening.on_many(tuple(ABOUT_DOSSIERS), on_facts)
    listening.on(OfficerIdle, on_idle)
