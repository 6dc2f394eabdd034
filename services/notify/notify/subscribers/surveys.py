"""Notices to who builds surveys: one is due, or a quarter passed without one."""

from datetime import date
from typing import ClassVar

from common.inbox import Meta, Slice, Subscriptions
from regulation.text import LANGUAGES, short_date
from sqlalchemy.ext.asyncio import AsyncSession

from notify.domain.kinds import Kind
from notify.domain.notice import Notice
from notify.usecases.tell import Writer, tell


class SurveyIsDue(Slice):
    """A survey that the province owes."""

    type: ClassVar[str] = "qa.survey_is_due.v1"

    first: date
    due_on: date
    overdue: bool
    tell: list[str]


SLICES: tuple[type[Slice], ...] = (SurveyIsDue,)


def listen(listening: Subscriptions, writer: Writer) -> None:
    """Register the handler. Source: TN Đ.24.4; R-SAT-02"""

    async def on_due(session: AsyncSession, event: SurveyIsDue, meta: Meta) -> None:
        if meta.announcement or not event.tell:
            return
        values = {
            lang: {
                "number": "",
                "first": short_date(event.first, lang),
                "due": short_date(event.due_on, lang),
                "overdue": event.overdue,
            }
            for lang in LANGUAGES
        }
        notice = Notice(Kind.OFFICER_SURVEY_DUE, meta.id, meta.time, tuple(event.tell), None, values)
        await tell(session, [notice], writer)

    listening.on(SurveyIsDue, on_due)
