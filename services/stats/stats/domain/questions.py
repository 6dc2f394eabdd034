"""The story of one question, or of one piece of feedback: in whose hands it was, and how each let go of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

CENTRE: Final = ""
"""Who sorts questions: the coordinator, who is no agency here."""


class Subject(StrEnum):
    """What is counted: questions (câu hỏi), or feedback (phản ánh, kiến nghị) by the same rules."""

    QUESTION = "question"
    FEEDBACK = "feedback"


class Turn(StrEnum):
    """What a fact does to a question."""

    RECEIVED = "received"
    FORWARDED = "forwarded"
    TIMED = "timed"
    """The same hands have it until another due time."""
    RETURNED = "returned"
    RECALLED = "recalled"
    """It was taken from an agency: forwarded wrongly, or the agency is no more."""
    ANSWERED = "answered"
    REFUSED = "refused"
    """Not settled here; the sender of feedback was told where it belongs."""
    MOVED = "moved"
    """A question goes on as feedback."""

    def said(self, lang: str) -> str:
        """Return what came of it in Vietnamese or English."""
        return _TURNS[self][lang == "en"]


_TURNS: Final = {
    Turn.RECEIVED: ("Đã tiếp nhận", "Received"),
    Turn.FORWARDED: ("Đã chuyển cơ quan", "Forwarded to an agency"),
    Turn.TIMED: ("Đã đổi thời hạn", "Due at another time"),
    Turn.RETURNED: ("Đã trả lại đầu mối", "Returned to the coordinator"),
    Turn.RECALLED: ("Đã lấy lại", "Taken back"),
    Turn.ANSWERED: ("Đã trả lời", "Answered"),
    Turn.REFUSED: ("Không tiếp nhận", "Not taken"),
    Turn.MOVED: ("Đã chuyển sang phản ánh, kiến nghị", "Moved to feedback"),
}


ENDS: Final = frozenset({Turn.ANSWERED, Turn.REFUSED, Turn.MOVED})
"""The turns after which nobody has it any more."""
_BACK: Final = frozenset({Turn.RETURNED, Turn.RECALLED})


class QuestionTold(NamedTuple):
    """One fact about a question; a question has one of a turn at an instant. Instants in UTC.

    One that is told again, to who began later, has the instant of the deed and perhaps another version.
    """

    version: int
    turn: Turn
    at: datetime
    subject: Subject
    topic: str
    received_at: datetime
    agency: str | None = None
    due_at: datetime | None = None


class Holding(NamedTuple):
    """One time in somebody's hands: whose, since and until when, how it ended; instants in UTC."""

    holder: str
    since: datetime
    due_at: datetime | None
    until: datetime | None = None
    ending: Turn | None = None


@dataclass(frozen=True)
class QuestionStory:
    """What statistics need to know about one question."""

    subject: Subject
    topic: str
    received_at: datetime
    holdings: tuple[Holding, ...]

    @property
    def ending(self) -> Turn | None:
        """Return how it left everybody's hands, nothing while somebody has it."""
        last = self.holdings[-1].ending
        return last if last in ENDS else None

    @property
    def closed_at(self) -> datetime | None:
        """Return when it left everybody's hands."""
        return self.holdings[-1].until if self.ending else None

    @property
    def late(self) -> bool:
        """Tell whether whoever ended it was late by then."""
        last = self.holdings[-1]
        return bool(self.ending and last.until and last.due_at and last.until > last.due_at)


def tell_question(facts: Iterable[QuestionTold]) -> QuestionStory:
    """Tell the story of one question from its facts; order and repetition of the facts change nothing.

    What does not follow from the facts that have arrived waits for those before it. Raises ValueError without any.
    Source: NB Đ.18.5.c; TN Đ.15.4; TN Đ.18.3; QT Đ.24.4; R-STA-15
    """
    once = {(fact.turn, fact.at): fact for fact in sorted(facts, key=lambda fact: fact.version)}
    known = sorted(once.values(), key=lambda fact: (fact.at, fact.version))
    if not known:
        raise ValueError("a story needs at least one fact")
    newest = known[-1]
    held = [Holding(CENTRE, newest.received_at, None)]
    for fact in known:
        if held[-1].ending not in ENDS:
            _turn(held, fact, max(fact.at, held[-1].since))
    return QuestionStory(newest.subject, newest.topic, newest.received_at, tuple(held))


def _turn(held: list[Holding], fact: QuestionTold, at: datetime) -> None:
    """Write the next turn into the holdings, or nothing where it does not follow."""
    last = held[-1]
    theirs = last.holder == CENTRE if fact.turn is Turn.RECEIVED else last.holder == (fact.agency or CENTRE)
    if fact.turn in (Turn.RECEIVED, Turn.TIMED) and theirs:
        held[-1] = last._replace(due_at=fact.due_at)
    elif fact.turn is Turn.FORWARDED and fact.agency:
        away = Turn.FORWARDED if last.holder == CENTRE else Turn.RECALLED
        held[-1] = last._replace(until=at, ending=away)
        held.append(Holding(fact.agency, at, fact.due_at))
    elif fact.turn in _BACK and last.holder != CENTRE:
        held[-1] = last._replace(until=at, ending=fact.turn)
        held.append(Holding(CENTRE, at, fact.due_at))
    elif fact.turn in ENDS and (fact.turn is not Turn.ANSWERED or theirs):
        held[-1] = last._replace(until=at, ending=fact.turn, due_at=fact.due_at or last.due_at)
