"""Feedback from the moment it is received until its sender has the reply."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, TypeVar

from common.database import Versioned
from sqlalchemy import Index, Sequence, text
from sqlalchemy.orm import Mapped, mapped_column

from qa.domain import ClockKind, Deed, Outcome, PublicationState, QuestionRules
from qa.domain.feedback import FeedbackPlace, FeedbackState
from qa.domain.masking import masked, own_words, without
from qa.events import FeedbackFact
from qa.models.base import Base, Json
from qa.models.clock import Clock
from qa.models.indexes import SHOWN
from qa.models.question import Line

F = TypeVar("F", bound=FeedbackFact)
FEEDBACK_NUMBERS: Final = Sequence("feedback_serial", metadata=Base.metadata)
_OPEN: Final = text("closed_at is null")


class Feedback(Versioned, Base):
    """Feedback, a proposal or suggestion (phản ánh, kiến nghị), by whatever channel it came.

    Source: TN Đ.17–18; BD Đ.10–11; QT Đ.22; R-FBK-01; R-FBK-03
    """

    __tablename__ = "feedback"
    __table_args__ = (
        Index("ix_feedback_due", "due_at", "number", postgresql_where=_OPEN),
        Index("ix_feedback_closed", "closed_at", "number", postgresql_where=text("closed_at is not null")),
        Index("ix_feedback_shown", "replied_at", "number", postgresql_where=SHOWN),
        Index(
            "ix_feedback_email",
            text("(sender ->> 'email')"),
            "came_at",
            postgresql_where=text("owner is null"),
        ),
        Index("ix_feedback_owner", "owner", "number", postgresql_where=text("owner is not null")),
    )

    number: Mapped[str] = mapped_column(primary_key=True)
    announced: Mapped[int]
    state: Mapped[str]
    key_hash: Mapped[str] = mapped_column(unique=True)
    owner: Mapped[str | None]
    account_gone: Mapped[bool] = mapped_column(default=False)
    """The account it belonged to is no more: nobody is told of it, and who it was goes when it is closed."""
    sender: Mapped[Json | None]
    """Name, ways to reach who sent it, and the key for the link in our mails; None once it was erased."""
    channel: Mapped[str]
    came_at: Mapped[datetime]
    """When it reached the channel; the clocks count from it."""
    entered_by: Mapped[str | None]
    from_question: Mapped[str | None] = mapped_column(unique=True)
    category: Mapped[str]
    dossier: Mapped[str | None]
    title: Mapped[str]
    text: Mapped[str]
    agency: Mapped[str | None]
    involved: Mapped[list[str]]
    forwarded_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    soon_at: Mapped[datetime | None]
    reply: Mapped[Json | None]
    replied_at: Mapped[datetime | None]
    closing: Mapped[Json | None]
    closed_at: Mapped[datetime | None]
    publication: Mapped[Json | None]
    line_count: Mapped[int]

    def place(self, rules: QuestionRules) -> FeedbackPlace:
        """Return where it stands, as far as actions ask; a result is published where answers are."""
        told = self.publication or {}
        return FeedbackPlace(
            state=FeedbackState(self.state),
            agency=self.agency or "",
            publication=PublicationState(told["state"]) if told else None,
            proposed_by=told.get("by", ""),
            publishes=rules.publishes_answers,
        )

    def line(self, deed: Deed, by: str, now: datetime, *, reason: str = "", **more: Any) -> Line:
        """Make the next line of the history. Source: TN Đ.18.3; R-FBK-07"""
        self.line_count += 1
        return Line(
            question=self.number,
            no=self.line_count,
            deed=deed,
            by=by,
            at=now,
            agency=self.agency or "",
            reason=reason,
            more=more,
        )

    def tell(self, fact: type[F], now: datetime, **own: Any) -> F:
        """Return the next fact about it; it is counted with the change itself."""
        self.announced += 1
        return self.repeated(fact, now, **own)

    def repeated(self, fact: type[F], now: datetime, **own: Any) -> F:
        """Return a fact with the number the row was counted to already."""
        return fact(
            aggregate_id=self.number,
            aggregate_version=self.announced,
            agency=self.agency,
            occurred_at=now,
            number=self.number,
            state=self.state,
            channel=self.channel,
            category=self.category,
            owner=self.owner,
            came_at=self.came_at,
            reachable=self.owner is None and not self.account_gone and bool((self.sender or {}).get("email")),
            **own,
        )

    def clocks(self, rules: QuestionRules) -> tuple[Clock, Clock]:
        """Begin the two clocks that count from receipt: sorting it, and replying. Source: TN Đ.18.2; R-FBK-08"""
        sorting = rules.feedback.triage.starting(self.came_at, rules.calendar)
        reply = rules.feedback.response.starting(self.came_at, rules.calendar)
        response = Clock.begun(self.number, ClockKind.RESPONSE, self.agency or "", reply, rules)
        self.due_at, self.soon_at = response.due_at, response.soon_at
        return Clock.begun(self.number, ClockKind.TRIAGE, "", sorting, rules), response

    def forget_person(self) -> None:
        """Erase who sent it, also where it stands in the texts; what was sent and replied stays.

        Source: TN Đ.19.2; R-SEC-20
        """
        own = own_words({name: said for name, said in (self.sender or {}).items() if name != "key"})
        self.title, self.text = masked(self.title, own), masked(self.text, own)
        self.reply, self.closing = without(self.reply, own), without(self.closing, own)
        self.publication, self.sender = without(self.publication, own), None

    def close(self, state: FeedbackState, clocks: Iterable[Clock], now: datetime) -> None:
        """End it with its clocks."""
        for clock in clocks:
            clock.end(Outcome.DONE, now)
        self.state, self.closed_at, self.due_at, self.soon_at = state, now, None, None
