"""Notices about changes of the catalogue that are late: to the head of who owes it, and to the coordinator."""

from datetime import datetime
from typing import ClassVar

from common.inbox import Meta, Slice, Subscriptions
from regulation.text import LANGUAGES, short_instant
from sqlalchemy.ext.asyncio import AsyncSession

from notify.domain.kinds import Kind
from notify.domain.notice import Notice
from notify.queries.desks import names_of
from notify.queries.overdue import coordinators, who_leads
from notify.usecases.tell import Writer, tell


class RequestOverdue(Slice):
    """A change request that was not sent, or not carried out, in its time."""

    type: ClassVar[str] = "catalog.request_overdue.v1"

    waits_for: str
    requester: str
    document_number: str
    procedures: list[str]
    due_at: datetime


SLICES: tuple[type[Slice], ...] = (RequestOverdue,)


def listen(listening: Subscriptions, writer: Writer) -> None:
    """Register the handler. Source: NB Đ.11.2.b; R-CAT-03; R-CAT-15"""

    async def on_overdue(session: AsyncSession, event: RequestOverdue, meta: Meta) -> None:
        owed = event.waits_for == "request"
        heads = await who_leads(session, event.requester) if owed else ()
        recipients = tuple(dict.fromkeys((*heads, *await coordinators(session))))
        if meta.announcement or not recipients:
            return
        names = await names_of(session, event.requester)
        values = {
            lang: {
                "place": names[lang],
                "document": event.document_number,
                "procedures": ", ".join(event.procedures),
                "due": short_instant(event.due_at, lang),
                "owed": owed,
            }
            for lang in LANGUAGES
        }
        notice = Notice(Kind.OFFICER_CHANGE_OVERDUE, meta.id, meta.time, recipients, None, values)
        await tell(session, [notice], writer)

    listening.on(RequestOverdue, on_overdue)
