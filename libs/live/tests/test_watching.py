"""What a session wrote is told once it is committed, and only then."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from common.database import Base, Database
from live import Board, tell, thing, watch
from sqlalchemy.orm import Mapped, mapped_column
from suite.run.postgres import PostgresServer


class Rows(Base):
    """Tables of this test."""


class Card(Rows):
    """A row somebody may look at."""

    __tablename__ = "live_card"
    code: Mapped[str] = mapped_column(primary_key=True)
    words: Mapped[str]


def topics(row: object) -> Iterator[str]:
    if isinstance(row, Card):
        yield thing(row.code)


@pytest_asyncio.fixture
async def database(postgres: PostgresServer) -> AsyncIterator[Database]:
    made = Database(postgres.dsn())
    async with made.engine.begin() as connection:
        await connection.run_sync(Rows.metadata.drop_all)
        await connection.run_sync(Rows.metadata.create_all)
    yield made
    await made.dispose()


async def test_a_new_and_a_changed_row_are_told_after_the_commit(database: Database) -> None:
    board = Board()
    watch(database, board, topics)
    with board.ear([thing("a")]) as ear:
        async with database.sessions() as session:
            session.add(Card(code="a", words="1"))
            await session.flush()
            assert not await ear.news(0)
            await session.commit()
            assert await ear.news(0)
            card = await session.get_one(Card, "a")
            card.words = "2"
            await session.commit()
            assert await ear.news(0)


@pytest.mark.parametrize("end", ["rollback", "commit"])
async def test_what_was_taken_back_or_only_read_is_not_told(database: Database, end: str) -> None:
    board = Board()
    async with database.sessions.begin() as session:
        session.add(Card(code="a", words="1"))
    watch(database, board, topics)
    with board.ear([thing("a")]) as ear:
        async with database.sessions() as session:
            card = await session.get_one(Card, "a")
            if end == "rollback":
                card.words = "2"
                await session.flush()
            await getattr(session, end)()
            await session.commit()
        assert not await ear.news(0)


async def test_another_database_tells_another_board(database: Database, postgres: PostgresServer) -> None:
    ours, other = Board(), Database(postgres.dsn())
    watch(database, ours, topics)
    with ours.ear([thing("a")]) as ear:
        tell(other, thing("a"))
        assert not await ear.news(0)
        tell(database, thing("a"))
        assert await ear.news(0)
    await other.dispose()
