"""A question from the moment it is asked until its answer is public, and the lines of what was done about it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, TypeVar

import orjson
from common.database import Versioned
from common.sealed import Sealed, SealedRow
from regulation.clock import Ledger
from regulation.roles import Holder
from regulation.text import fold
from sqlalchemy import ColumnElement, Sequence, Text, or_
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from qa.domain import Action, AnswerKind, ClockKind, Outcome, PublicationState, QuestionRules, State
from qa.domain.known import mailbox
from qa.domain.masking import masked, masked_citations, own_words, without
from qa.domain.states import OPEN, Place
from qa.events import QuestionFact
from qa.models.base import Base, Json
from qa.models.clock import Clock
from qa.models.indexes import QUESTION_INDEXES
from qa.models.line import Lined
from qa.models.marks import written

E = TypeVar("E", bound=QuestionFact)
NUMBERS: Final = Sequence("question_serial", metadata=Base.metadata)
PUBLICATIONS: Final = Sequence("publication_serial", metadata=Base.metadata)


class Question(SealedRow, Versioned, Lined, Base):
    """A question (câu hỏi); what its asker said of itself stands sealed in columns of its own and goes first.

    Source: NB Đ.18; TN Đ.13–16; R-QNA-24; R-SEC-20
    """

    __tablename__ = "question"
    __table_args__ = QUESTION_INDEXES

    announced: Mapped[int] = mapped_column(default=0)
    state: Mapped[str]
    key_hash: Mapped[str] = mapped_column(unique=True)
    owner: Mapped[str | None]
    account_gone: Mapped[bool] = mapped_column(default=False)
    """The account it belonged to is no more: nobody is told of it, and who it was goes when it is closed."""
    asker_kind: Mapped[str]
    plain_asker: Mapped[Json | None] = mapped_column("asker")
    asker_sealed: Mapped[str | None]
    asker = Sealed[Json | None](orjson.loads, written)
    """What the asker said of itself; None once it was erased."""
    asker_marks: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    """By what the asker is found."""
    plain_asker_email: Mapped[str | None] = mapped_column("asker_email")
    asker_email_sealed: Mapped[str | None]
    asker_email_mark: Mapped[str | None]
    asker_email = Sealed[str | None](str, str, marks={"asker_email_mark": mailbox})
    plain_asker_phone: Mapped[str | None] = mapped_column("asker_phone")
    asker_phone_sealed: Mapped[str | None]
    asker_phone = Sealed[str | None](str, str)
    plain_asker_key: Mapped[str | None] = mapped_column("asker_key")
    asker_key_sealed: Mapped[str | None]
    asker_key = Sealed[str | None](str, str)
    """The follow-up key of an asker without an account who left an e-mail, for the link in our mails."""
    sameness: Mapped[str | None]
    consent_name: Mapped[bool]
    topic: Mapped[str]
    asked_agency: Mapped[str | None]
    procedure: Mapped[str | None]
    title: Mapped[str]
    title_key: Mapped[str]
    text: Mapped[str]
    doubts: Mapped[list[str]]
    follows: Mapped[str | None]
    asked_at: Mapped[datetime]
    kind: Mapped[str | None]
    forwarded_at: Mapped[datetime | None]
    returned_count: Mapped[int] = mapped_column(default=0)
    return_asked: Mapped[Json | None]
    clock: Mapped[str | None]
    clock_from: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    soon_at: Mapped[datetime | None]
    draft: Mapped[Json | None]
    interim: Mapped[list[Json]]
    answer: Mapped[Json | None]
    answered_at: Mapped[datetime | None]
    refusal: Mapped[Json | None]
    closed_at: Mapped[datetime | None]
    publication: Mapped[Json | None]
    published_no: Mapped[int | None]
    """Grows with each publication and withdrawal, so that whoever keeps an index reads only what is new."""

    @property
    def sealed_for(self) -> str:
        """The question a value is sealed for: its number is not known before it is written."""
        return f"question.{self.key_hash}"

    @classmethod
    def of_somebody(cls) -> ColumnElement[bool]:
        """Give the condition for questions whose asker is still known."""
        return or_(cls.plain_asker.is_not(None), cls.asker_sealed.is_not(None))

    @property
    def known(self) -> bool:
        """Whether the asker is still known."""
        return self.plain_asker is not None or self.asker_sealed is not None

    @property
    def has_email(self) -> bool:
        """Whether the asker left an e-mail address."""
        return self.plain_asker_email is not None or self.asker_email_sealed is not None

    @property
    def public(self) -> Json:
        """Return all that goes public: what was proposed, with what the answer rests on and who gave it.

        What was proposed before citations were proposed too gets those of the answer, masked.
        """
        answer = self.answer or {}
        signed = {name: answer.get(name, "") for name in ("full_name", "position", "phone", "email")}
        told = {**signed, **(self.publication or {})}
        if "citations" not in told:
            own = own_words(self.asker)
            told["citations"] = masked_citations(answer.get("citations", ()), own)
            told["no_citation_reason"] = masked(answer.get("no_citation_reason", ""), own)
        return told

    def place(self, rules: QuestionRules) -> Place:
        """Return where the question stands, as far as actions ask."""
        told = self.publication or {}
        return Place(
            state=State(self.state),
            agency=self.agency or "",
            return_asked=self.return_asked is not None,
            extended=self.kind == AnswerKind.SPECIAL,
            begun=self.draft is not None or self.kind == AnswerKind.SPECIAL,
            drafted_by=(self.draft or {}).get("by", ""),
            publication=PublicationState(told["state"]) if told else None,
            proposed_by=told.get("by", ""),
            publishes=rules.publishes_answers,
            takes_feedback=rules.feedback_here,
            known=self.known,
        )

    def expect_to(self, action: Action, who: Holder, rules: QuestionRules, version: int) -> None:
        """Refuse an action on an older view, by who may not take it, or where it is not possible.

        Raises: ForbiddenError, StaleVersionError, ActionNotAllowedError, SecondLookNeededError.
        """
        self.expect(version)
        self.place(rules).expect(action, who)

    def tell(self, fact: type[E], now: datetime, **own: Any) -> E:
        """Return the next fact about the question; it is counted with the change itself."""
        self.announced += 1
        return self.numbered(fact, self.announced, now, **own)

    def numbered(self, fact: type[E], count: int, now: datetime, **own: Any) -> E:
        """Return a fact with the number it was counted to already."""
        return fact(
            aggregate_id=self.number,
            aggregate_version=count,
            agency=self.agency,
            occurred_at=now,
            number=self.number,
            state=self.state,
            topic=self.topic,
            owner=self.owner,
            reachable=self.owner is None and not self.account_gone and self.has_email,
            asked_at=self.asked_at,
            **own,
        )

    def begin(self, kind: ClockKind, ledger: Ledger, rules: QuestionRules) -> Clock:
        """Begin a clock; the question shows the one that is owed now."""
        owes = "" if kind is ClockKind.TRIAGE else self.agency or ""
        clock = Clock.begun(self.number, kind, owes, ledger, rules)
        if kind is not ClockKind.RETURN:
            self.clock, self.clock_from = kind, clock.started_at
            self.due_at, self.soon_at = clock.due_at, clock.soon_at
        return clock

    def rest(self, clocks: Iterable[Clock], outcome: Outcome, now: datetime) -> None:
        """End the running clocks: what is owed with this outcome, a time for returning as lapsed."""
        for clock in clocks:
            clock.end(Outcome.LAPSED if clock.kind == ClockKind.RETURN else outcome, now)
        self.clock = self.clock_from = self.due_at = self.soon_at = None

    def go_back(self, clocks: Iterable[Clock], rules: QuestionRules, now: datetime) -> Clock:
        """Give the question back to the coordinator, who owes its triage anew; return that clock.

        Source: NB Đ.18.5.b; R-QNA-13
        """
        self.rest(clocks, Outcome.RETURNED, now)
        self.state, self.returned_count = State.RETURNED, self.returned_count + 1
        self.agency = self.kind = self.forwarded_at = self.return_asked = self.draft = None
        return self.begin(ClockKind.TRIAGE, rules.ledger(ClockKind.TRIAGE, now), rules)

    def unfinished(self) -> dict[str, Any]:
        """Return what an agency leaves behind when it loses the question, for the line that says so.

        Source: TN Đ.16.3; R-QNA-24
        """
        return {"draft": self.draft} if self.draft else {}

    def close(self, state: State, clocks: Iterable[Clock], now: datetime) -> None:
        """End the question; what it was about stays for good. Source: TN Đ.16.3; R-QNA-24"""
        self.rest(clocks, Outcome.DONE, now)
        self.state, self.closed_at, self.return_asked = state, now, None

    def forget_person(self) -> None:
        """Erase what the asker said of itself, also where it stands in the texts; question and answer stay.

        Source: TN Đ.16.3; R-QNA-24; R-SEC-20
        """
        own = own_words(self.asker)
        self.title, self.text = masked(self.title, own), masked(self.text, own)
        self.title_key = fold(self.title)
        self.interim = [without(one, own) for one in self.interim]
        self.answer, self.draft = without(self.answer, own), without(self.draft, own)
        self.refusal, self.return_asked = without(self.refusal, own), without(self.return_asked, own)
        self.publication = without(self.publication, own)
        self.asker = self.asker_email = self.asker_phone = self.asker_key = None
        self.asker_marks = self.sameness = None
        if self.publication:
            self.publication = {**self.publication, "with_name": False, "name": ""}

    @property
    def sent_back(self) -> Json | None:
        """Return what the leader wants changed in the draft, until it is passed on again."""
        told: Json | None = (self.draft or {}).get("sent_back")
        return told

    @property
    def told_by(self) -> str:
        """Tell how its asker hears of it: by the account, by e-mail, or only by opening the link. Source: R-QNA-25"""
        if self.owner:
            return "account"
        return "email" if self.has_email and not self.account_gone else "link"

    def goes_on_drafting(self, who: str) -> bool:
        """Tell whether somebody goes on with the own draft: kept again and again while typing, it is one deed."""
        told, back = self.draft, self.sent_back
        return told is not None and told["by"] == who and (back is None or back["at"] < told["at"])

    @property
    def is_open(self) -> bool:
        """Whether somebody still owes something about it."""
        return self.state in OPEN
