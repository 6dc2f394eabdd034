"""Notices among those who work on a dossier: who is asked for an opinion, who asked, which desk is to write."""

from datetime import datetime
from typing import Any, ClassVar

from common.inbox import Meta, Slice, Subscriptions, Told
from sqlalchemy.ext.asyncio import AsyncSession

from notify import queries
from notify.domain.kinds import Kind
from notify.domain.notice import DossierFacts, Homes, Notice, dossier_values, is_own
from notify.usecases.tell import Writer, tell


class ConsultationSlice(Slice):
    """An opinion that was asked of an agency or a unit of it."""

    code: str
    officer_id: str | None
    number: int
    asked_agency: str
    due_at: datetime


class AskingSlice(ConsultationSlice):
    """One of which those who can give it are told."""

    tell: list[str]


class DossierConsulted(AskingSlice):
    """It is asked for."""

    type: ClassVar[str] = "processing.dossier_consulted.v1"


class ConsultationDueSoon(AskingSlice):
    """It is due soon."""

    type: ClassVar[str] = "processing.consultation_due_soon.v1"


class ConsultationLapsed(AskingSlice):
    """It did not come in time."""

    type: ClassVar[str] = "processing.consultation_lapsed.v1"


class ConsultationWithdrawn(AskingSlice):
    """It was taken back."""

    type: ClassVar[str] = "processing.consultation_withdrawn.v1"


class ConsultationAnswered(ConsultationSlice):
    """It is there."""

    type: ClassVar[str] = "processing.consultation_answered.v1"


class SupplementDrafted(Slice):
    """Something is missing in a dossier that is handled; `tell` names the desk that is to ask for it."""

    type: ClassVar[str] = "processing.supplement_drafted.v1"

    code: str
    officer_id: str | None
    tell: list[str]


SLICES: tuple[type[ConsultationSlice], ...] = (
    DossierConsulted,
    ConsultationDueSoon,
    ConsultationLapsed,
    ConsultationWithdrawn,
    ConsultationAnswered,
)
HEARD: tuple[type[Slice], ...] = (*SLICES, SupplementDrafted)
_ASKED = {
    DossierConsulted: Kind.OFFICER_CONSULTED,
    ConsultationDueSoon: Kind.OFFICER_CONSULTATION_DUE_SOON,
    ConsultationLapsed: Kind.OFFICER_CONSULTATION_LAPSED,
    ConsultationWithdrawn: Kind.OFFICER_CONSULTATION_WITHDRAWN,
}
_ASKING = {
    ConsultationLapsed: Kind.OFFICER_OPINION_MISSING,
    ConsultationAnswered: Kind.OFFICER_OPINION_GIVEN,
}


def notices(facts: DossierFacts, event: ConsultationSlice, meta: Meta, homes: Homes) -> list[Notice]:
    """Tell those of the agency that is asked who can answer, and the officer who asked what became of it.

    Who belongs to another agency, as one who has moved since, is left out. Source: TN Đ.11.4.d; R-PRC-07
    """
    values = dossier_values(facts, lambda _: {"number": event.number}, event.due_at)
    found = []
    if isinstance(event, AskingSlice):
        asked = tuple(one for one in event.tell if one in homes and is_own(one, homes, event.asked_agency))
        kind = _ASKED[type(event)]
        found.append(Notice(kind, meta.id, meta.time, asked, event.code, values, event.due_at))
    if type(event) in _ASKING and event.officer_id and is_own(event.officer_id, homes, meta.agency):
        kind = _ASKING[type(event)]
        found.append(Notice(kind, meta.id, meta.time, (event.officer_id,), event.code, values, event.due_at))
    return found


def to_desk(facts: DossierFacts, event: SupplementDrafted, meta: Meta, homes: Homes) -> list[Notice]:
    """Tell the officers of the dossier's own desk that a request waits to be sent. Source: TN Đ.11.4.c; R-PRC-10"""
    desk = tuple(one for one in event.tell if one in homes and is_own(one, homes, facts.desk))
    values, kind = dossier_values(facts, lambda _: {}, facts.due_at), Kind.OFFICER_SUPPLEMENT_DRAFTED
    return [Notice(kind, meta.id, meta.time, desk, event.code, values, facts.due_at)]


def listen(listening: Subscriptions, writer: Writer) -> None:
    """Register the handler."""

    async def on_consultations(session: AsyncSession, told: Told) -> None:
        news: list[tuple[Any, Meta]] = [(event, meta) for event, meta in told if not meta.announcement]
        facts = await queries.dossier_facts(session, {event.code for event, _ in news})
        named = {one for event, _ in news for one in (event.officer_id, *getattr(event, "tell", ())) if one}
        homes = await queries.homes(session, named) if named else {}
        written: list[Notice] = []
        for event, meta in news:
            facts[event.code].expect_told_by(meta.agency)
            say = to_desk if isinstance(event, SupplementDrafted) else notices
            written += say(facts[event.code], event, meta, homes)
        await tell(session, written, writer)

    listening.on_many(HEARD, on_consultations)
