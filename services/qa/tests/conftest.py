"""Questions on a database of their own, with agencies and officers, in a province that tests may choose."""

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from common.database import Database
from fastapi import FastAPI
from qa.main import create_app
from qa.models import Officer
from qa.settings import Settings
from suite.testing import FreshDatabase, citizen, client, officer

sys.path.insert(0, str(Path(__file__).parent))

from qa_stage import AGENCY, MONDAY, OTHER, PROOF_KEY, Stage, fill

Web = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]


@pytest.fixture
async def database(fresh_database: FreshDatabase) -> Database:
    """Give a migrated database with agencies and officers."""
    made = await fresh_database("qa")
    await fill(made)
    return made


@pytest.fixture
def profile() -> str:
    """Name the province."""
    return "thai-nguyen"


@pytest.fixture
def app(database: Database, profile: str, tmp_path: Path) -> FastAPI:
    """Give the service of the province on Monday morning, at a moment that tests may move."""
    told = {"profile": profile, "rate_scale": 1000, "files_url": tmp_path.as_uri()}
    keys = {"sealing_key": "the key of the tests", "proof_key": PROOF_KEY}
    built = create_app(Settings(**told, **keys), database)
    built.state.now = lambda: datetime.fromisoformat(MONDAY)
    return built


@pytest.fixture
async def stage(app: FastAPI, database: Database) -> AsyncIterator[Stage]:
    """Give everybody who takes part."""
    people = {
        "asker": client(app, citizen("asker")),
        "stranger": client(app, citizen("stranger")),
        "nobody": client(app),
        "centre": client(app, officer("coordinator", agency="H42", scope="province", subject="centre")),
        "controller": client(
            app, officer("content_controller", agency="H42", scope="province", subject="controller")
        ),
        "office": client(app, officer("province_office", agency="H42", scope="province", subject="office")),
        "owner": client(app, officer("qa_owner", agency=AGENCY, subject="owner")),
        "signer": client(app, officer("signer", agency=AGENCY, subject="signer")),
        "head": client(app, officer("agency_head", agency=AGENCY, subject="head")),
        "desk": client(app, officer("desk_officer", agency=AGENCY, subject="desk")),
        "other-desk": client(app, officer("desk_officer", agency=OTHER, subject="other-desk")),
        "other": client(app, officer("qa_owner", agency=OTHER, subject="other-owner")),
        "other-head": client(app, officer("agency_head", agency=OTHER, subject="other-head")),
    }
    yield Stage(app, database, people)
    for web in people.values():
        await web.aclose()


@pytest.fixture
async def desk(stage: Stage) -> Stage:
    """Give the stage with a focal officer for feedback."""
    async with stage.database.sessions.begin() as session:
        one = {"version": 1, "active": True, "roles": ["feedback_owner"]}
        session.add(Officer(id="focal", display_name="focal", agency=AGENCY, **one))
    return stage
