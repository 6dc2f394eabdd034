"""An intake service with one agency, one procedure that asks for no paper, and a clock that each request brings."""

from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path

import httpx
from common.database import Database
from common.events import Event
from common.ids import uuid7
from common.inbox import Meta
from common.security import Caller
from fastapi import FastAPI
from intake.main import create_app, make_means
from intake.settings import Settings
from intake.subscribers import subscriptions
from suite.testing import client

from rig.procedure import AGENCY, announced_agency, announced_procedure

MONDAY_8 = datetime(2026, 12, 7, 1, 0, tzinfo=UTC)  # 08:00 in Hà Nội
clock: ContextVar[datetime] = ContextVar("clock", default=MONDAY_8)


class DeskService:
    """The service in this process, on a real database."""

    def __init__(self, database: Database, folder: Path) -> None:
        settings = Settings(
            database_url=database.dsn,
            files_url=(folder / "files").as_uri(),
            profile="ninh-binh",
            jwks_url="",
            signing_folder=folder / "keys",
            public_url="https://dvc.example",
        )
        self.database = database
        self.app: FastAPI = create_app(settings, database)
        self.app.state.now = clock.get
        self._listening = subscriptions(make_means(settings), clock.get)

    async def open(self) -> None:
        """Hear from the catalogue what intake must know."""
        await self._hear(announced_agency())
        await self._hear(announced_procedure())

    async def _hear(self, fact: Event) -> None:
        found = self._listening.get(fact.type)
        assert found is not None
        meta = Meta(uuid7(), fact.type, clock.get(), AGENCY, fact.aggregate_id, 1)
        async with self.database.sessions.begin() as session:
            await found.handler(session, [(found.model.model_validate(fact.model_dump(mode="json")), meta)])

    def client(self, caller: Caller) -> httpx.AsyncClient:
        """Return an HTTP client of a caller."""
        return client(self.app, caller)

    async def count(self, table: str) -> int:
        """Count the rows of a table."""
        return int(await (await self.database.pool()).fetchval(f"select count(*) from {table}"))
