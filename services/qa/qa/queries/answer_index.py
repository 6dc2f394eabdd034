"""The public answers as search needs them: a large index, a small one of what is newer, both in memory."""

import asyncio
import re
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any, Final

import asyncpg
from common.database import Database
from regulation.text import Lang
from search import Findable, Lexicon, Searcher, code_in, lexicon, typed
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from qa.domain import PublicationState
from qa.models import Question

REBUILT_AFTER: Final = 2_000
"""Publications after which the small index joins the large one."""
PATIENCE: Final = 5.0
"""Seconds a search waits for what was just published; then the answers of before are looked through."""
LOOKED_AT: Final = 100
"""The best answers in the engine that are ranked for each wording."""
BATCH: Final = 2_000
_BESIDE: Final = 3_000
"""Letters of question and answer that are found beside the title."""
_NUMBER: Final = re.compile(r"hd[ .\-–—]?(\d{4})[ .\-–—]?(\d{1,6})", re.IGNORECASE)
COLUMNS: Final = (
    Question.number,
    Question.topic,
    Question.agency,
    Question.procedure,
    Question.answered_at,
    Question.publication,
    Question.published_no,
)


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
    def facets(self) -> frozenset[str]:
        """Return by what it is found when a search is narrowed; an agency stands below those above it."""
        parts = self.agency.split(".")
        above = {".".join(parts[: end + 1]) for end in range(len(parts))}
        return facets(topic=self.topic, procedure=self.procedure or "") | {
            f"agency:{one}" for one in above if one
        }

    @property
    def findable(self) -> Findable:
        """Return it as search needs it."""
        return Findable(self.number, self.title, self.more, facets=self.facets)


def facets(**asked: str) -> frozenset[str]:
    """Return what a search is narrowed to, of topic, agency and procedure."""
    return frozenset(f"{name}:{said}" for name, said in asked.items() if said)


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
    counts: Counter[str] = field(default_factory=Counter)


class AnswerIndex:
    """Finds public answers; asks the database each time only whether anything is new."""

    def __init__(self) -> None:
        self._snapshot: _Snapshot | None = None
        self._building: asyncio.Task[_Snapshot] | None = None

    async def find(
        self, database: Database, q: str, *, topic: str = "", agency: str = "", procedure: str = ""
    ) -> Found:
        """Find what somebody means among public answers, best first. Source: TN Đ.16.1; R-QNA-22"""
        shot = await self._current(database)
        within, text = facets(topic=topic, agency=agency, procedure=procedure), typed(q)
        if (told := _named(shot, text)) is not None:
            return Found([card for card in told if within <= card.facets], None)
        scores: dict[str, float] = {}
        note = None
        for searcher, stale in ((shot.settled, shot.touched), (shot.newest, frozenset[str]())):
            if searcher is None:
                continue
            answer = searcher.find(text, within=within, most=LOOKED_AT)
            note = note or answer.note
            scores |= {hit.code: hit.score for hit in answer.hits if hit.code not in stale}
        ranked = sorted(scores, key=lambda number: (-round(scores[number], 6), number))
        cards = [shot.cards[number] for number in ranked if number in shot.cards]
        return Found(cards, {"vi": note.vi, "en": note.en} if note and not cards else None)

    async def count(self, database: Database, **asked: str) -> int | None:
        """Count public answers, narrowed as a list is; None until the first index is built: no list waits for it."""
        if self._snapshot is None:
            self._under_way(database)
            return None
        shot, within = await self._current(database), facets(**asked)
        if len(within) > 1:
            return sum(within <= card.facets for card in shot.cards.values())
        return shot.counts[next(iter(within))] if within else len(shot.cards)

    async def warm(self, database: Database) -> None:
        """Build the first index of a process; a database that does not answer yet is asked again."""
        while self._snapshot is None:
            try:
                await self._current(database)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, SQLAlchemyError):
                await asyncio.sleep(1)

    async def _current(self, database: Database) -> _Snapshot:
        """Return what is newest, or what was before while a new index takes its time; only the first is waited for."""
        newest = await _newest(database)
        if self._snapshot is None:
            self._snapshot = await asyncio.shield(self._under_way(database))
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                for _ in range(2):  # one under way may have begun before the change
                    if self._snapshot.upto < newest:
                        await asyncio.shield(self._under_way(database))
        return self._snapshot

    def _under_way(self, database: Database) -> asyncio.Task[_Snapshot]:
        if self._building is None or self._building.done():
            self._building = asyncio.create_task(self._built(database))
        return self._building

    async def _built(self, database: Database) -> _Snapshot:
        before, newest = self._snapshot or _Snapshot(), await _newest(database)
        if before.settled is not None:
            changed = await _changed(database, before.upto, newest)
            if len(changed) + len(before.recent) + len(before.touched) <= REBUILT_AFTER:
                self._snapshot = await asyncio.to_thread(_grown, before, newest, changed)
                return self._snapshot
        self._snapshot = await asyncio.to_thread(_settled, newest, await _changed(database, 0, newest))
        return self._snapshot


async def _newest(database: Database) -> int:
    async with database.sessions() as session:
        return await session.scalar(select(func.max(Question.published_no))) or 0


async def _changed(database: Database, upto: int, newest: int) -> dict[str, Card | None]:
    """Read what was published or taken off since, in batches, each in a transaction of its own."""
    changed: dict[str, Card | None] = {}
    while True:
        new = select(*COLUMNS).where(Question.published_no > upto, Question.published_no <= newest)
        async with database.sessions() as session:
            rows = (await session.execute(new.order_by(Question.published_no).limit(BATCH))).all()
        changed |= {row.number: card_of(row) for row in rows}
        if len(rows) < BATCH:
            return changed
        upto = rows[-1].published_no


def _settled(newest: int, all_: dict[str, Card | None]) -> _Snapshot:
    """Build the large index; of the cards in it no texts are kept."""
    public = [card for card in all_.values() if card is not None]
    searcher = _searcher(public)
    cards = {card.number: replace(card, more=()) for card in public}
    return _Snapshot(newest, cards, searcher, counts=_counted(cards.values()))


def _grown(before: _Snapshot, newest: int, changed: dict[str, Card | None]) -> _Snapshot:
    """Build the small index of what is newer than the large one."""
    public = {number: card for number, card in changed.items() if card is not None}
    cards = {number: card for number, card in before.cards.items() if number not in changed} | public
    recent = {number: card for number, card in before.recent.items() if number not in changed} | public
    touched = before.touched | frozenset(changed)
    counts = _counted(cards.values())
    return _Snapshot(newest, cards, before.settled, recent, _searcher(recent.values()), touched, counts)


def _counted(cards: Iterable[Card]) -> Counter[str]:
    return Counter(facet for card in cards for facet in card.facets)


def _searcher(cards: Iterable[Card]) -> Searcher | None:
    things = [card.findable for card in cards]
    return Searcher.of(things, answer_lexicon()) if things else None


def _named(shot: _Snapshot, text: str) -> list[Card] | None:
    """Return the answer of a number, or those about the procedure of a code; None where words are meant."""
    if found := _NUMBER.fullmatch(text):
        card = shot.cards.get(f"HD-{found[1]}-{int(found[2]):06}")
        return [card] if card else []
    if (code := code_in(text)) is None:
        return None
    told = [card for card in shot.cards.values() if card.procedure == code]
    return sorted(told, key=lambda card: (card.answered_at, card.number), reverse=True)


def card_of(question: Any) -> Card | None:
    """Return what search knows of a row with `COLUMNS`; None where nothing of it is public."""
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
