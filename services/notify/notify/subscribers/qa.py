"""Notices about questions: to who asked, in the account or by mail, and to who sorts and answers."""

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


class QuestionSlice(Slice):
    """A question and who follows it."""

    number: str
    owner: str | None
    reachable: bool

    @property
    def asker(self) -> tuple[str, ...]:
        """Return whom to tell: the account, or whoever left an e-mail."""
        if self.owner:
            return (self.owner,)
        return (asker_without_account(self.number),) if self.reachable else ()


class QuestionAsked(QuestionSlice):
    """Somebody asked."""

    type: ClassVar[str] = "qa.question_asked.v1"

    due_at: datetime
    tell: list[str]


class QuestionForwarded(QuestionSlice):
    """A question for an agency."""

    type: ClassVar[str] = "qa.question_forwarded.v1"

    due_at: datetime
    tell: list[str]
    without_owner: bool
    without_substitute: bool = False


class QuestionReturned(QuestionSlice):
    """A question that came back."""

    type: ClassVar[str] = "qa.question_returned.v1"

    due_at: datetime
    tell: list[str]


class QuestionReturnAsked(QuestionSlice):
    """An agency asks to give a question back late."""

    type: ClassVar[str] = "qa.question_return_asked.v1"

    tell: list[str]


class ReturnDeclined(QuestionSlice):
    """The question stays with the agency that asked."""

    type: ClassVar[str] = "qa.return_declined.v1"

    due_at: datetime
    tell: list[str]


class QuestionRecalled(QuestionSlice):
    """A question that was taken from an agency."""

    type: ClassVar[str] = "qa.question_recalled.v1"

    tell: list[str]


class DraftSubmitted(QuestionSlice):
    """A draft for a leader."""

    type: ClassVar[str] = "qa.draft_submitted.v1"

    due_at: datetime
    tell: list[str]


class DraftSentBack(QuestionSlice):
    """A draft for who wrote it."""

    type: ClassVar[str] = "qa.draft_sent_back.v1"

    due_at: datetime
    tell: list[str]


class QuestionMoved(QuestionSlice):
    """A question that goes on as feedback."""

    type: ClassVar[str] = "qa.question_moved.v1"

    feedback: str


class QuestionRefused(QuestionSlice):
    """A question that is not taken."""

    type: ClassVar[str] = "qa.question_refused.v1"


class InterimReplied(QuestionSlice):
    """An interim reply."""

    type: ClassVar[str] = "qa.interim_replied.v1"

    due_at: datetime


class QuestionAnswered(QuestionSlice):
    """An answer."""

    type: ClassVar[str] = "qa.question_answered.v1"


class DueSlice(QuestionSlice):
    """A due time that nears, passed or is urged."""

    clock: str
    due_at: datetime
    tell: list[str]


class QuestionDueSoon(DueSlice):
    """A due time nears."""

    type: ClassVar[str] = "qa.question_due_soon.v1"


class QuestionOverdue(DueSlice):
    """A due time passed."""

    type: ClassVar[str] = "qa.question_overdue.v1"


class QuestionUrged(DueSlice):
    """The coordinator urges."""

    type: ClassVar[str] = "qa.question_urged.v1"


SLICES: tuple[type[QuestionSlice], ...] = (
    QuestionAsked,
    QuestionForwarded,
    QuestionReturned,
    QuestionReturnAsked,
    ReturnDeclined,
    QuestionRecalled,
    DraftSubmitted,
    DraftSentBack,
    QuestionMoved,
    QuestionRefused,
    InterimReplied,
    QuestionAnswered,
    QuestionDueSoon,
    QuestionOverdue,
    QuestionUrged,
)
TO_ASKER: Final[Mapping[type[QuestionSlice], Kind]] = {
    QuestionAsked: Kind.QUESTION_RECEIVED,
    QuestionForwarded: Kind.QUESTION_FORWARDED,
    QuestionReturned: Kind.QUESTION_RETURNED,
    QuestionMoved: Kind.QUESTION_MOVED,
    QuestionRefused: Kind.QUESTION_REFUSED,
    InterimReplied: Kind.QUESTION_INTERIM,
    QuestionAnswered: Kind.QUESTION_ANSWERED,
}
TO_OFFICERS: Final[Mapping[type[QuestionSlice], Kind]] = {
    QuestionAsked: Kind.OFFICER_QUESTION_ASKED,
    QuestionForwarded: Kind.OFFICER_QUESTION_FORWARDED,
    QuestionReturned: Kind.OFFICER_QUESTION_RETURNED,
    QuestionReturnAsked: Kind.OFFICER_QUESTION_RETURN_ASKED,
    ReturnDeclined: Kind.OFFICER_QUESTION_RETURN_DECLINED,
    QuestionRecalled: Kind.OFFICER_QUESTION_RECALLED,
    DraftSubmitted: Kind.OFFICER_QUESTION_DRAFTED,
    DraftSentBack: Kind.OFFICER_QUESTION_SENT_BACK,
    QuestionDueSoon: Kind.OFFICER_QUESTION_DUE_SOON,
    QuestionOverdue: Kind.OFFICER_QUESTION_OVERDUE,
    QuestionUrged: Kind.OFFICER_QUESTION_URGED,
}
CLOCKS: Final[Mapping[str, Mapping[Lang, str]]] = {
    "triage": {"vi": "phân loại, chuyển câu hỏi", "en": "sorting and forwarding"},
    "answer": {"vi": "trả lời", "en": "answering"},
}


def values_of(event: QuestionSlice, lang: Lang) -> dict[str, Any]:
    """Return the template fields of a question in one language."""
    due_at: datetime | None = getattr(event, "due_at", None)
    clock = CLOCKS.get(getattr(event, "clock", ""), {})
    return {
        "number": event.number,
        "due": short_instant(due_at, lang) if due_at else "",
        "clock": clock.get(lang, ""),
        "feedback": getattr(event, "feedback", ""),
        "without_owner": getattr(event, "without_owner", False),
        "without_substitute": getattr(event, "without_substitute", False),
    }


def notices_of(event: QuestionSlice, meta: Meta) -> list[Notice]:
    """Return the notices an event brings. Source: NB Đ.18.5; TN Đ.15; R-NTF-06; R-QNA-09; R-QNA-15; R-QNA-25"""
    values = {lang: values_of(event, lang) for lang in LANGUAGES}
    told: list[tuple[Kind | None, tuple[str, ...]]] = [
        (TO_ASKER.get(type(event)), event.asker),
        (TO_OFFICERS.get(type(event)), tuple(getattr(event, "tell", ()))),
    ]
    return [
        Notice(kind, meta.id, meta.time, people, None, values) for kind, people in told if kind and people
    ]


def listen(listening: Subscriptions, writer: Writer) -> None:
    """Register the handlers; a state announced again is no news."""

    async def on_question(session: AsyncSession, event: QuestionSlice, meta: Meta) -> None:
        if meta.announcement:
            return
        await tell(session, notices_of(event, meta), writer)

    handler: Callable[[AsyncSession, Any, Meta], Any] = on_question
    for one in SLICES:
        listening.on(one, handler)
