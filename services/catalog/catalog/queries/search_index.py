"""The search index in memory, rebuilt as soon as the visible catalogue has changed."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from common.database import Database
from regulation.text import sort_key
from search import Answer, Findable, Lexicon, Searcher

from catalog import queries

Row = Mapping[str, Any]
REMEMBERED = 2_000


@dataclass(frozen=True)
class Snapshot:
    """The visible catalogue at one revision: rows by code, codes in order of names, and the search engine."""

    revision: int
    rows: Mapping[str, Row]
    ordered: tuple[str, ...]
    engine: Searcher
    answers: dict[str, Answer] = field(default_factory=dict)

    def search(self, text: str, allowed: frozenset[str] | None) -> Answer:
        """Answer a query; the answers to the usual ones are remembered as long as the catalogue stands still."""
        if allowed is not None:
            return self.engine.find(text, allowed)
        if text not in self.answers:
            if len(self.answers) >= REMEMBERED:
                self.answers.clear()
            self.answers[text] = self.engine.find(text)
        return self.answers[text]


@dataclass
class SearchIndex:
    """Keeps the newest snapshot; about half a second to rebuild, some milliseconds to ask."""

    lexicon: Lexicon
    _snapshot: Snapshot | None = None
    _building: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def snapshot(self, database: Database) -> Snapshot:
        """Return the snapshot of the present revision, built now when there is none."""
        pool = await database.pool()
        revision: int = await pool.fetchval(queries.REVISION)
        if self._snapshot is None or self._snapshot.revision != revision:
            async with self._building:
                if self._snapshot is None or self._snapshot.revision != revision:
                    self._snapshot = await self._built(database, revision)
        return self._snapshot

    async def _built(self, database: Database, revision: int) -> Snapshot:
        async with database.sessions() as session:
            rows = await queries.visible_rows(session)
            names = await queries.agency_names(session)
        return await asyncio.to_thread(self._assembled, revision, rows, names)

    def _assembled(self, revision: int, rows: Sequence[Row], names: Mapping[str, str]) -> Snapshot:
        ordered = tuple(str(row["code"]) for row in sorted(rows, key=lambda row: sort_key(row["name"])))
        by_code = {str(row["code"]): row for row in rows}
        things = [_findable(row, names) for row in rows]
        return Snapshot(revision, by_code, ordered, Searcher.of(things, self.lexicon))


def _findable(row: Row, names: Mapping[str, str]) -> Findable:
    offering = [names[code] for code in row["agencies"] if code in names]
    beside = (row["field_name"], row["ministry"], row["name_en"], *offering)
    return Findable(
        code=row["code"],
        name=row["name"],
        more=tuple(filter(None, beside)),
        traits=frozenset(row["levels"]),
        marks=tuple(row["results"]),
        common=row["common"],
        offered=bool(offering),
    )
