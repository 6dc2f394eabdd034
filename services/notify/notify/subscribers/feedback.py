"""Notices about feedback: to the account that sent it, and to who sorts and handles it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Final

from common.inbox import Meta, Slice, Subscriptions
from regulation.text import LANGUAGES, Lang, short_instant
from sqlalchemy.ext.asyncio import AsyncSession

from notify.domain.channels import asker_without_account
from notify.domain.kinds import Kind
from notify.domain.notice import Notice
from notify.usecases.tell import Writer, tell


class FeedbackSlice(Slice):
    """Feedback and the account that follows it."""

    number: str
    owner: str | None
    reachable: bool = False

    @property
    def sender(self) -> tuple[str, ...]:
        """Return whom to tell: the account, or whoever left an e-mail."""
        if self.owner:
            return (self.owner,)
        return (asker_without_account(self.number),) if self.reachable else ()


class FeedbackReceived(FeedbackSlice):
    """Feedback came; one that was a question was told of as its move."""

    type: ClassVar[str] = "qa.feedback_received.v1"

    due_at: datetime
    tell: list[str]
    from_question: str | None = None

    @property
    def sender(self) -> tuple[str, ...]:
        """Return whom to tell, once: who asked it as a question knows already."""
        return () if self.from_question else super().sender


class FeedbackReturned(FeedbackSlice):
    """Feedback that came back."""

    type: ClassVar[str] = "qa.feedback_returned.v1"

    due_at: datetime
    tell: list[str]


class FeedbackRecalled(FeedbackSlice):
    """Feedback that was taken from an agency."""

    type: ClassVar[str] = "qa.feedback_recalled.v1"

    tell: list[str]


class FeedbackInvolved(FeedbackSlice):
    """Feedback that another agency replies to."""

    type: ClassVar[str] = "qa.feedback_involved.v1"

    due_at: datetime
    tell: list[str]


class FeedbackForwarded(FeedbackSlice):
    """Feedback for an agency."""

    type: ClassVar[str] = "qa.feedback_forwarded.v1"

    due_at: datetime
    tell: list[str]
    without_owner: bool


class FeedbackReplied(FeedbackSlice):
    """The reply."""

    type: ClassVar[str] = "qa.feedback_replied.v1"


class FeedbackClosed(FeedbackSlice):
    """Feedback that belongs elsewhere."""

    type: ClassVar[str] = "qa.feedback_closed.v1"


class FeedbackDue(FeedbackSlice):
    """A due time that nears, passed or is urged."""

    due_at: datetime
    tell: list[str]


class FeedbackDueSoon(FeedbackDue):
    """A due time nears."""

    type: ClassVar[str] = "qa.feedback_due_soon.v1"


class FeedbackOverdue(FeedbackDue):
    """A due time passed."""

    type: ClassVar[str] = "qa.feedback_overdue.v1"


class FeedbackUrged(FeedbackDue):
    """The coordinator urges."""

    type: ClassVar[str] = "qa.feedback_urged.v1"


SLICES: tuple[type[FeedbackSlice], ...] = (
    FeedbackReceived,
    FeedbackReturned,
    FeedbackRecalled,
    FeedbackInvolved,
    FeedbackForwarded,
    FeedbackReplied,
    FeedbackClosed,
    FeedbackDueSoon,
    FeedbackOverdue,
    FeedbackUrged,
)
TO_SENDER: Final[Mapping[type[FeedbackSlice], Kind]] = {
    FeedbackReceived: Kind.FEEDBACK_RECEIVED,
    FeedbackForwarded: Kind.FEEDBACK_FORWARDED,
    FeedbackReplied: Kind.FEEDBACK_REPLIED,
    FeedbackClosed: Kind.FEEDBACK_CLOSED,
}
TO_OFFICERS: Final[Mapping[type[FeedbackSlice], Kind]] = {
    FeedbackReceived: Kind.OFFICER_FEEDBACK,
    FeedbackForwarded: Kind.OFFICER_FEEDBACK,
    FeedbackReturned: Kind.OFFICER_FEEDBACK_RETURNED,
    FeedbackRecalled: Kind.OFFICER_FEEDBACK_RECALLED,
    FeedbackInvolved: Kind.OFFICER_FEEDBACK_INVOLVED,
    FeedbackDueSoon: Kind.OFFICER_FEEDBACK_DUE,
    FeedbackOverdue: Kind.OFFICER_FEEDBACK_DUE,
    FeedbackUrged: Kind.OFFICER_FEEDBACK_DUE,
}


def values_of(event: FeedbackSlice, lang: Lang) -> dict[str, Any]:
    """Return the template fields of feedback in one language."""
    due_at: datetime | None = getattr(event, "due_at", None)
    return {
        "number": event.number,
        "due": short_instant(due_at, lang) if due_at else "",
        "overdue": isinstance(event, FeedbackOverdue),
        "without_owner": getattr(event, "without_owner", False),
    }


def notices_of(event: FeedbackSlice, meta: Meta) -> list[Notice]:
    """Return the notices an event brings. Source: TN Đ.18.2; TN Đ.18.3; BD Đ.11; R-NTF-09; R-FBK-08; R-FBK-10"""
    values = {lang: values_of(event, lang) for lang in LANGUAGES}
    told: list[tuple[Kind | None, tuple[str, ...]]] = [
        (TO_SENDER.get(type(event)), event.sender),
        (TO_OFFICERS.get(type(event)), tuple(getattr(event, "tell", ()))),
    ]
    return [
        Notice(kind, meta.id, meta.time, people, None, values) for kind, people in told if kind and people
    ]


def listen(listening: Subscriptions, writer: Writer) -> None:
    """Register the handlers; a state announced again is no news."""

    async def on_feedback(session: AsyncSession, event: FeedbackSlice, meta: Meta) -> None:
        if not meta.announcement:
            await tell(session, notices_of(event, meta), writer)

    handler: Callable[[AsyncSession, Any, Meta], Any] = on_feedback
    for one in SLICES:
        listening.on(one, handler)
