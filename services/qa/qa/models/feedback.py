"""Feedback from the moment it is received until its sender has the reply."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, TypeVar

import orjson
from common.database import Versioned
from common.sealed import Sealed, SealedRow
from sqlalchemy import ColumnElement, Index, Sequence, or_, text
from sqlalchemy.orm import Mapped, mapped_column

from qa.domain import ClockKind, Outcome, PublicationState, QuestionRules
from qa.domain.clocks import started
from qa.domain.exchange import Origin, origin_of
from qa.domain.feedback import FeedbackPlace, FeedbackState
from qa.domain.known import mailbox
from qa.domain.masking import masked, own_words, without
from qa.events import FeedbackFact
from qa.models.base import Base, Json
from qa.models.clock import Clock
from qa.models.indexes import SHOWN
from qa.models.line import Lined
from qa.models.marks import written

F = TypeVar("F", bound=FeedbackFact)
FEEDBACK_NUMBERS: Final = Sequence("feedback_serial", metadata=Base.metadata)
_OPEN: Final = text("closed_at is null")


def _email(sender: str) -> str:
    """Return the mailbox of a sender that is written down."""
    return mailbox(str(orjson.loads(sender).get("email", "")))


class Feedback(SealedRow, Versioned, Lined, Base):
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
        Index(
            "ix_feedback_mail",
            "email_mark",
            "came_at",
            postgresql_where=text("owner is null and email_mark is not null"),
        ),
        Index("ix_feedback_keyed", "closed_at", postgresql_where=text("keyed and closed_at is not null")),
        Index("ix_feedback_clear", "number", postgresql_where=text("sender is not null")),
        Index("ix_feedback_came", "came_at"),
        Index("ix_feedback_owner", "owner", "number", postgresql_where=text("owner is not null")),
    )

    announced: Mapped[int]
    state: Mapped[str]
    key_hash: Mapped[str] = mapped_column(unique=True)
    owner: Mapped[str | None]
    account_gone: Mapped[bool] = mapped_column(default=False)
    """The account it belonged to is no more: nobody is told of it, and who it was goes when it is closed."""
    plain_sender: Mapped[Json | None] = mapped_column("sender")
    sender_sealed: Mapped[str | None]
    email_mark: Mapped[str | None]
    sender = Sealed[Json | None](orjson.loads, written, marks={"email_mark": _email})
    """Name, ways to reach who sent it, and the key for the link in our mails; None once it was erased."""
    keyed: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    """Whether the key may be among what the sender said."""
    channel: Mapped[str]
    came_at: Mapped[datetime]
    """When it reached the channel; the clocks count from it."""
    entered_by: Mapped[str | None]
    from_question: Mapped[str | None] = mapped_column(unique=True)
    category: Mapped[str]
    dossier: Mapped[str | None]
    title: Mapped[str]
    text: Mapped[str]
    involved: Mapped[list[str]]
    forwarded_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    soon_at: Mapped[datetime | None]
    draft: Mapped[Json | None]
    """The reply as far as it was typed; nobody but who replies sees it."""
    reply: Mapped[Json | None]
    replied_at: Mapped[datetime | None]
    closing: Mapped[Json | None]
    closed_at: Mapped[datetime | None]
    publication: Mapped[Json | None]

    @property
    def sealed_for(self) -> str:
        """The feedback a value is sealed for; officers and jobs know it by its number."""
        return f"feedback.{self.key_hash}"

    @classmethod
    def of_somebody(cls) -> ColumnElement[bool]:
        """Give the condition for feedback whose sender is still known."""
        return or_(cls.plain_sender.is_not(None), cls.sender_sealed.is_not(None))

    @property
    def known(self) -> bool:
        """Whether its sender is still known."""
        return self.plain_sender is not None or self.sender_sealed is not None

    @property
    def said(self) -> Json | None:
        """Return what its sender said of itself, without the key for our mails."""
        sender: Json | None = self.sender
        return None if sender is None else {name: told for name, told in sender.items() if name != "key"}

    def drop_key(self) -> None:
        """Forget the follow-up key that is kept for our mails; the link goes on working. Source: R-SEC-20"""
        if self.sender is not None:
            self.sender = {name: said for name, said in self.sender.items() if name != "key"}
        self.keyed = False

    def place(self, rules: QuestionRules) -> FeedbackPlace:
        """Return where it stands, as far as actions ask; a result is published where answers are."""
        told = self.publication or {}
        return FeedbackPlace(
            state=FeedbackState(self.state),
            agency=self.agency or "",
            publication=PublicationState(told["state"]) if told else None,
            proposed_by=told.get("by", ""),
            publishes=rules.publishes_answers,
            known=self.known,
        )

    def tell(self, fact: type[F], now: datetime, **own: Any) -> F:
        """Return the next fact about it; it is counted with the change itself."""
        self.announced += 1
        return self.numbered(fact, self.announced, now, **own)

    @property
    def origin(self) -> Origin | None:
        """Return which system handed it in and how it is known there; who sent it hears from that system."""
        return origin_of(self.key_hash)

    def numbered(self, fact: type[F], count: int, now: datetime, **own: Any) -> F:
        """Return a fact with the number it was counted to already."""
        return fact(
            aggregate_id=self.number,
            aggregate_version=count,
            agency=self.agency,
            occurred_at=now,
            number=self.number,
            state=self.state,
            channel=self.channel,
            category=self.category,
            owner=self.owner,
            came_at=self.came_at,
            reachable=self.told_by == "email" and self.origin is None,
            from_system=self.origin.system if self.origin else None,
            their_number=self.origin.their_number if self.origin else None,
            **own,
        )

    @property
    def told_by(self) -> str:
        """Tell how its sender hears of it: by the account, by e-mail, or only by opening the link. Source: R-FBK-10"""
        if self.owner:
            return "account"
        mailed = {"email", "key"} <= (self.sender or {}).keys()  # without the key there is no link to send
        return "email" if mailed and not self.account_gone else "link"

    def clocks(self, rules: QuestionRules) -> tuple[Clock, Clock]:
        """Begin the two clocks that count from receipt: sorting it, and replying; the coordinator owes both.

        Raises: CalendarEndedError. Source: TN Đ.18.2; R-FBK-08
        """
        reply = started(rules.feedback.response, self.came_at, rules.calendar)
        response = Clock.begun(self.number, ClockKind.RESPONSE, "", reply, rules)
        self.due_at, self.soon_at = response.due_at, response.soon_at
        return self._sorting(rules, self.came_at), response

    def _sorting(self, rules: QuestionRules, since: datetime) -> Clock:
        ledger = started(rules.feedback.triage, since, rules.calendar)
        return Clock.begun(self.number, ClockKind.TRIAGE, "", ledger, rules)

    def hand_over(self, agency: str, clocks: Iterable[Clock], outcome: Outcome, now: datetime) -> list[Clock]:
        """Give it to an agency: the reply stays due as it was and is owed by this agency; return what it owes.

        Source: TN Đ.18.3; R-FBK-07; R-FBK-08
        """
        self.state, self.agency, self.involved, self.forwarded_at = FeedbackState.FORWARDED, agency, [], now
        self.draft = None
        return _passed_on(clocks, agency, outcome, now)

    def go_back(self, clocks: Iterable[Clock], rules: QuestionRules, now: datetime) -> list[Clock]:
        """Give it back to the coordinator, who owes sorting it anew and the reply as it was due; return both.

        Source: TN Đ.18.3; R-FBK-07
        """
        self.state, self.agency, self.involved, self.forwarded_at = FeedbackState.RECEIVED, None, [], None
        self.draft = None
        return [*_passed_on(clocks, "", Outcome.RETURNED, now), self._sorting(rules, now)]

    def forget_person(self) -> None:
        """Erase who sent it, also where it stands in the texts; what was sent and replied stays.

        Source: TN Đ.19.2; R-SEC-20
        """
        own = own_words(self.said)
        self.title, self.text = masked(self.title, own), masked(self.text, own)
        self.reply, self.closing = without(self.reply, own), without(self.closing, own)
        self.publication, self.sender, self.keyed = without(self.publication, own), None, False

    def close(self, state: FeedbackState, clocks: Iterable[Clock], now: datetime) -> None:
        """End it with its clocks; a reply that nobody gave is not done."""
        unanswered = state is FeedbackState.CLOSED
        for clock in clocks:
            owed = clock.kind == ClockKind.RESPONSE
            clock.end(Outcome.CLOSED if owed and unanswered else Outcome.DONE, now)
        self.state, self.closed_at, self.due_at, self.soon_at, self.draft = state, now, None, None, None


def _passed_on(clocks: Iterable[Clock], owes: str, outcome: Outcome, now: datetime) -> list[Clock]:
    """End the running clocks of feedback that moves on; return the reply as whoever has it next owes it."""
    owed = []
    for clock in clocks:
        if clock.kind == ClockKind.RESPONSE:
            owed.append(clock.passed_on(owes, outcome, now))
        else:
            clock.end(Outcome.DONE, now)
    return owed
