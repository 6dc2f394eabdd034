"""The search index is there before anybody asks, and a change of the catalogue keeps nobody waiting."""

import asyncio
import time
from pathlib import Path

import pytest
from catalog import main, queries
from catalog.queries import search_index
from catalog.queries.search_index import SearchIndex
from catalog.settings import Settings
from common.database import Database
from search import Lexicon, lexicon
from suite.testing import FreshDatabase


class SlowIndex(SearchIndex):
    """One that takes a second to build, as on a machine that is starting everything else."""

    def __init__(self, words: Lexicon, takes: float) -> None:
        super().__init__(words)
        self.takes = takes
        self.built = 0

    def _assembled(self, revision, rows, names):
        time.sleep(self.takes)
        self.built += 1
        return super()._assembled(revision, rows, names)


@pytest.fixture
async def database(fresh_database: FreshDatabase) -> Database:
    return await fresh_database("catalog")


async def changed(database: Database) -> int:
    pool = await database.pool()
    await pool.execute("UPDATE catalogue_revision SET number = number + 1")
    return int(await pool.fetchval(queries.REVISION))


async def test_a_question_during_a_slow_rebuild_is_answered_from_the_catalogue_before(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "PATIENCE", 0.05)
    index = SlowIndex(lexicon(), 0.5)
    first = await index.snapshot(database)
    newest = await changed(database)
    assert await index.snapshot(database) is first
    for _ in range(100):
        if (await index.snapshot(database)).revision == newest:
            break
        await asyncio.sleep(0.05)
    assert (await index.snapshot(database)).revision == newest
    assert index.built == 2, "many questions, one rebuild"


async def test_a_quick_rebuild_is_waited_for(database: Database) -> None:
    index = SearchIndex(lexicon())
    await index.snapshot(database)
    newest = await changed(database)
    assert (await index.snapshot(database)).revision == newest


async def test_a_catalogue_restored_to_an_earlier_day_is_read_anew(database: Database) -> None:
    index = SearchIndex(lexicon())
    await changed(database)
    await index.snapshot(database)
    await (await database.pool()).execute("UPDATE catalogue_revision SET number = number - 1")
    earlier = await (await database.pool()).fetchval(queries.REVISION)
    assert (await index.snapshot(database)).revision == earlier


async def test_the_index_is_built_before_the_first_question(database: Database, tmp_path: Path) -> None:
    app = main.create_app(Settings(files_url=f"file://{tmp_path}"), database)
    index = app.state.built.search
    async with app.router.lifespan_context(app):
        for _ in range(200):
            if index._snapshot is not None:
                break
            await asyncio.sleep(0.05)
        assert index._snapshot is not None
