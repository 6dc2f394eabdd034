"""The search index in memory, rebuilt as soon as the visible catalogue has changed."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

import asyncpg
from common.database import Database
from regulation.text import sort_key
from search import Answer, Findable, Lexicon, Searcher
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from catalog import queries

Row = Mapping[str, Any]
REMEMBERED = 2_000
PATIENCE: Final = 8.0
"""Seconds a question waits for the newest catalogue (what was closed is gone at once); then the one before answers."""


@dataclass(frozen=True)
class Snapshot:
    """The visible catalogue at one revision: rows by code, codes in order of names, and the search engine."""

    revision: int
    rows: Mapping[str, Row]
    ordered: tuple[str, ...]
    engine: Searcher
    answers: dict[str, Answer] = field(default_factory=dict)

    def search(self, asked: str, allowed: frozenset[str] | None) -> Answer:
        """Answer a query; the answers to the usual ones are remembered as long as the catalogue stands still."""
        if allowed is not None:
            return self.engine.find(asked, allowed)
        if asked not in self.answers:
            if len(self.answers) >= REMEMBERED:
                self.answers.clear()
            self.answers[asked] = self.engine.find(asked)
        return self.answers[asked]


@dataclass
class SearchIndex:
    """Keeps the newest snapshot; about half a second to rebuild, some milliseconds to ask."""

    lexicon: Lexicon
    _snapshot: Snapshot | None = None
    _building: asyncio.Task[Snapshot] | None = None

    async def snapshot(self, database: Database) -> Snapshot:
        """Return the present revision's snapshot, or the one before while the new one takes its time.

        Only the first of a process is waited for however long it takes; `warm` begins it before anybody asks.
        """
        pool = await database.pool()
        revision: int = await pool.fetchval(queries.REVISION)
        if self._snapshot is None:
            self._snapshot = await asyncio.shield(self._under_way(database))
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                for _ in range(2):  # one under way may have begun before the change
                    if self._snapshot.revision != revision:
                        await asyncio.shield(self._under_way(database))
        return self._snapshot

    async def warm(self, database: Database) -> None:
        """Build the first snapshot of a process; a database that does not answer yet is asked again."""
        while self._snapshot is None:
            try:
                await self.snapshot(database)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, SQLAlchemyError):
                await asyncio.sleep(1)

    def _under_way(self, database: Database) -> asyncio.Task[Snapshot]:
        if self._building is None or self._building.done():
            self._building = asyncio.create_task(self._build(database))
        return self._building

    async def _build(self, database: Database) -> Snapshot:
        async with database.sessions() as session:
            revision = int(await session.scalar(text(queries.REVISION)) or 0)
            rows = await queries.visible_rows(session)
            names = await queries.agency_names(session)
        self._snapshot = await asyncio.to_thread(self._assembled, revision, rows, names)
        return self._snapshot

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
