"""A book service on a database of its own, and people to write in its books."""

import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from common.database import Database
from fastapi import FastAPI
from registers.main import create_app
from registers.settings import Settings
from suite.testing import FreshDatabase, client, officer

sys.path.insert(0, str(Path(__file__).parent))

Web = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]


@pytest.fixture
async def database(fresh_database: FreshDatabase) -> Database:
    """Give a migrated database."""
    return await fresh_database("registers")


@pytest.fixture
def app(database: Database) -> FastAPI:
    """Give the service on it, at a moment of 21 November 2026 that tests may move."""
    built = create_app(Settings(), database)
    built.state.now = lambda: datetime.fromisoformat("2026-11-21T02:00:00+00:00")
    return built


@pytest.fixture
def web(app: FastAPI) -> Web:
    """Give a way in for somebody with a role."""
    return lambda role="operator", **more: client(app, officer(role, scope="province", **more))
