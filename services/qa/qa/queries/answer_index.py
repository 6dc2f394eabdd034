"""The public answers as search needs them: a large index, a small one of what is newer, both in memory."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache

from common.database import Database
from regulation.text import Lang
from search import Findable, Lexicon, Searcher, lexicon
from sqlalchemy import func, select

from qa.domain import PublicationState
from qa.models import Question

REBUILT_AFTER = 2_000
"""Publications after which the small index joins the large one."""
_BESIDE = 3_000
"""Letters of question and answer that are found beside the title."""


@cache
def answer_lexicon() -> Lexicon:
    """Return the word lists without wishes for procedures: an answer is found by what it says."""
    return replace(lexicon(), wishes=(), outside=())


@dataclass(frozen=True)
class Card:
    """What of a public answer a list shows, and by what it is narrowed down."""

    number: str
    title: str
    topic: str
    agency: str
    procedure: str | None
    answered_at: datetime
    extract: str
    more: tuple[str, ...] = ()

    @property
    def findable(self) -> Findable:
        """Return it as search needs it."""
        return Findable(self.number, self.title, self.more)


@dataclass(frozen=True)
class Found:
    """The answers that fit, best first, and a word where something must be said."""

    cards: list[Card]
    note: dict[Lang, str] | None


@dataclass(frozen=True)
class _Snapshot:
    upto: int = 0
    cards: dict[str, Card] = field(default_factory=dict)
    settled: Searcher | None = None
    recent: dict[str, Card] = field(default_factory=dict)
    newest: Searcher | None = None
    touched: frozenset[str] = frozenset()
    """Numbers of which the large index is not up to date."""


class AnswerIndex:
    """Finds public answers; asks the database each time only whether anything is new."""

    def __init__(self) -> None:
        self._snapshot = _Snapshot()
        self._lock = asyncio.Lock()

    async def find(
        self, database: Database, q: str, *, topic: str = "", agency: str = "", procedure: str = ""
    ) -> Found:
        """Find what somebody means among public answers, best first. Source: TN Đ.16.1; R-QNA-22"""
        shot = await self._current(database)
        scores: dict[str, float] = {}
        note = None
        for searcher, stale in ((shot.settled, shot.touched), (shot.newest, frozenset[str]())):
            if searcher is None:
                continue
            answer = searcher.find(q)
            note = note or answer.note
            scores |= {hit.code: hit.score for hit in answer.hits if hit.code not in stale}
        ranked = sorted(scores, key=lambda number: (-round(scores[number], 6), number))
        cards = [shot.cards[number] for number in ranked if number in shot.cards]
        fit = [card for card in cards if _fits(card, topic, agency, procedure)]
        return Found(fit, {"vi": note.vi, "en": note.en} if note and not fit else None)

    async def _current(self, database: Database) -> _Snapshot:
        async with database.sessions() as session:
            newest = await session.scalar(select(func.max(Question.published_no))) or 0
        if newest != self._snapshot.upto:
            async with self._lock:
                if newest > self._snapshot.upto:
                    self._snapshot = await self._grown(database, self._snapshot, newest)
        return self._snapshot

    async def _grown(self, database: Database, before: _Snapshot, newest: int) -> _Snapshot:
        new = select(Question).where(Question.published_no > before.upto, Question.published_no <= newest)
        async with database.sessions() as session:  # over before the index is built
            rows = (await session.scalars(new)).all()
        changed = {row.number: card_of(row) for row in rows}
        cards = {number: card for number, card in before.cards.items() if number not in changed}
        cards |= {number: card for number, card in changed.items() if card is not None}
        recent = {number: card for number, card in before.recent.items() if number not in changed}
        recent |= {number: card for number, card in changed.items() if card is not None}
        if before.settled is None or len(recent) + len(before.touched) > REBUILT_AFTER:
            settled = await asyncio.to_thread(_searcher, cards.values())
            return _Snapshot(newest, cards, settled)
        small = await asyncio.to_thread(_searcher, recent.values())
        return _Snapshot(newest, cards, before.settled, recent, small, before.touched | frozenset(changed))


def _searcher(cards: Iterable[Card]) -> Searcher | None:
    things = [card.findable for card in cards]
    return Searcher.of(things, answer_lexicon()) if things else None


def _fits(card: Card, topic: str, agency: str, procedure: str) -> bool:
    here = not agency or card.agency == agency or card.agency.startswith(f"{agency}.")
    return here and (not topic or card.topic == topic) and (not procedure or card.procedure == procedure)


def card_of(question: Question) -> Card | None:
    """Return what search knows of a question; None where nothing of it is public."""
    told = question.publication
    if not told or told["state"] != PublicationState.PUBLISHED or question.answered_at is None:
        return None
    return Card(
        number=question.number,
        title=told["title"],
        topic=question.topic,
        agency=question.agency or "",
        procedure=question.procedure,
        answered_at=question.answered_at,
        extract=" ".join(told["answer"].split())[:240],
        more=tuple(text[:_BESIDE] for text in (told["question"], told["answer"]) if text),
    )
