"""Notices about the system itself: an incident, a planned stop, what changed about one, that it is over."""

from datetime import datetime
from typing import ClassVar

from common.inbox import Meta, Slice, Subscriptions
from pydantic import BaseModel
from regulation.text import LANGUAGES, Lang, short_instant
from sqlalchemy.ext.asyncio import AsyncSession

from notify import queries
from notify.domain.kinds import Kind
from notify.domain.notice import Notice
from notify.queries.overdue import who_act
from notify.usecases.tell import Writer, tell

AT_ONCE = 500
"""Recipients whose notices are written with one statement."""


class Words(BaseModel):
    """What everybody is told, per language."""

    vi: str
    en: str


class EntrySlice(Slice):
    """An entry of a book; without words for everybody it concerns nobody here."""

    book: str
    number: str
    planned: bool
    began_at: datetime | None
    expected_at: datetime | None
    ended_at: datetime | None
    notice: Words | None
    alarm: bool = False


class EntryOpened(EntrySlice):
    """Something began, or is planned."""

    type: ClassVar[str] = "registers.entry_opened.v1"


class EntryChanged(EntrySlice):
    """Something more is known."""

    type: ClassVar[str] = "registers.entry_changed.v1"

    notice_changed: bool


class EntryClosed(EntrySlice):
    """It is over."""

    type: ClassVar[str] = "registers.entry_closed.v1"


SLICES: tuple[type[Slice], ...] = (EntryOpened, EntryChanged, EntryClosed)


def kind_of(event: EntrySlice) -> Kind | None:
    """Return which notice tells of an entry, None where there is nothing to tell. Source: R-NTF-11; R-OPS-02"""
    if event.notice is None or (isinstance(event, EntryChanged) and not event.notice_changed):
        return None
    if isinstance(event, EntryClosed):
        return Kind.SYSTEM_OVER
    if isinstance(event, EntryChanged):
        return Kind.SYSTEM_CHANGED
    return Kind.SYSTEM_PLANNED if event.planned else Kind.SYSTEM_INCIDENT


def values_of(event: EntrySlice, words: Words, lang: Lang) -> dict[str, str]:
    """Return the template fields of an entry in one language."""
    told = {"began": event.began_at, "expected": event.expected_at, "ended": event.ended_at}
    times = {name: short_instant(at, lang) if at else "" for name, at in told.items()}
    return {"number": event.number, "words": words.vi if lang == "vi" else words.en, **times}


def listen(listening: Subscriptions, writer: Writer) -> None:
    """Register the handlers; a state announced again is no news."""

    async def alarm(session: AsyncSession, event: EntrySlice, meta: Meta) -> None:
        """Tell whoever has to act, before everybody else hears of it. Source: BD Đ.14.6; R-OPS-05"""
        people = await who_act(session, writer.alarmed)
        values = {lang: {"number": event.number, "book": event.book} for lang in LANGUAGES}
        if people:
            notice = Notice(Kind.OFFICER_ALARM, meta.id, meta.time, people, None, values)
            await tell(session, [notice], writer)

    async def on_entry(session: AsyncSession, event: EntrySlice, meta: Meta) -> None:
        kind = kind_of(event)
        if isinstance(event, EntryOpened) and event.alarm and not meta.announcement:
            await alarm(session, event, meta)
        if meta.announcement or kind is None or event.notice is None:
            return
        values = {lang: values_of(event, event.notice, lang) for lang in LANGUAGES}
        people = await queries.everybody(session, meta.time)
        for begin in range(0, len(people), AT_ONCE):
            some = people[begin : begin + AT_ONCE]
            await tell(session, [Notice(kind, meta.id, meta.time, some, None, values)], writer)

    for one in (EntryOpened, EntryChanged, EntryClosed):
        listening.on(one, on_entry)
