"""An identity service of its own for each test, with a mailbox, a clock and quick passwords."""

import itertools
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from common.database import Database
from common.security import Caller, Verifier
from fastapi import FastAPI
from identity.domain import work
from identity.main import create_app
from identity.models import SignInTally
from identity.ports import Letter
from identity.settings import Settings
from sqlalchemy import delete
from suite.testing import FreshDatabase, client, signer

PASSWORD = "Con duong lang 1954"
SERIAL = itertools.count(1)


class Mailbox:
    """Keeps every message instead of sending it; refuses while `down`."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.down = False

    async def send(self, letter: Letter) -> bool:
        if not self.down:
            self.letters.append(letter)
        return not self.down

    def code(self, to: str) -> str:
        """Give the code of the newest message to an address."""
        text = next(letter.text for letter in reversed(self.letters) if letter.to == to)
        found = re.search(r"\b[0-9]{6}\b", text)
        assert found is not None
        return found[0]


class QuickPasswords:
    """Hashes at once; the real hashing has its own test."""

    async def hash(self, secret: str) -> str:
        return f"quick:{secret[::-1]}"

    async def matches(self, stored: str | None, secret: str) -> bool:
        return stored == f"quick:{secret[::-1]}"


class Clock:
    """Tells the time that a test wants it to be."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **spans: float) -> None:
        self.now += timedelta(**spans)


class Town:
    """One running identity service, and everything a test does with it."""

    def __init__(self, database: Database, folder: Path, profile: str) -> None:
        self.database, self.mail, self.clock = database, Mailbox(), Clock()
        self.texts = TextGateway()
        self.own_keys: list[dict[str, Any]] = []  # trusted beside the key of the test callers
        settings = Settings(
            profile=profile,
            key_folder=folder,
            jwks_url="http://nowhere.invalid",
            service_clients={"notify": "s3"},
            rate_scale=100,
        )
        self.app: FastAPI = create_app(settings, database)
        self.app.state.built = replace(
            self.app.state.built, mail=self.mail, texts=self.texts, passwords=QuickPasswords(), work_cost=1
        )
        self.app.state.now = self.clock

    def as_(
        self, caller: Caller | None = None, language: str = "vi", address: str = "203.0.113.7"
    ) -> httpx.AsyncClient:
        """Give a client that calls as somebody, from an address, with a browser."""
        made = client(self.app, caller, language)
        self.app.state.verifier = Verifier.from_jwks({"keys": [*signer().jwks()["keys"], *self.own_keys]})
        made.headers["X-Forwarded-For"] = f"6.6.6.6, {address}"
        made.headers["User-Agent"] = (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/141.0.0.0 Safari/537.36"
        )
        return made

    async def with_token(self, answer: Mapping[str, Any]) -> httpx.AsyncClient:
        """Give a client that carries the token of a sign-in, checked against the service's own keys."""
        made = self.as_()
        self.own_keys = (await made.get("/api/identity/jwks")).json()["keys"]
        made = self.as_()
        made.headers["Authorization"] = f"Bearer {answer['access_token']}"
        return made

    async def register(self, **changed: Any) -> tuple[dict[str, Any], httpx.Response]:
        """Post a registration; give its body and the answer."""
        body = {**person(), **changed}
        async with self.as_() as visitor:
            answer = await visitor.post("/api/identity/registrations", json=body, headers=key())
        return body, answer

    async def registered(self, **changed: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Register and enter the code; give the body and the tokens."""
        body, answer = await self.register(**changed)
        assert answer.status_code == 201, answer.text
        path = f"/api/identity/registrations/{answer.json()['registration_id']}/verification"
        async with self.as_() as visitor:
            verified = await visitor.post(path, json={"code": self.mail.code(body["email"])})
        assert verified.status_code == 201, verified.text
        return body, verified.json()

    async def sign_in(
        self, login: str, password: str, address: str = "203.0.113.7", **more: Any
    ) -> httpx.Response:
        """Try to sign in."""
        async with self.as_(address=address) as visitor:
            body = {"login": login, "password": password, **more}
            return await visitor.post("/api/identity/sessions", json=body)


def person(**changed: Any) -> dict[str, Any]:
    """Give a registration nobody has made before."""
    number = next(SERIAL)
    return {
        "kind": "individual",
        "full_name": "Nguyễn Thị Ánh",
        "id_number": f"0371900{number:05d}",
        "email": f"nguoi{number}@example.vn",
        "phone": f"09120{number:05d}",
        "password": PASSWORD,
        "declaration_accepted": True,
        "channels": ["portal", "email"],
        **changed,
    }


def key() -> dict[str, str]:
    """Give a fresh idempotency key."""
    return {"Idempotency-Key": f"key-{next(SERIAL)}"}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def database(fresh_database: FreshDatabase) -> Database:
    return await fresh_database("identity")


@pytest.fixture(scope="session")
def chest_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder whose secret opens the keys of the shared database."""
    return tmp_path_factory.mktemp("signing")


@pytest_asyncio.fixture(loop_scope="session")
async def town(database: Database, chest_folder: Path) -> Town:
    async with database.sessions.begin() as session:
        await session.execute(delete(SignInTally))  # one address serves all tests
    return Town(database, chest_folder, "ninh-binh")


@pytest_asyncio.fixture(loop_scope="session")
async def make_town(fresh_database: FreshDatabase, tmp_path: Path) -> Callable[[str], Awaitable[Town]]:
    """Give a maker of services with an empty database of their own."""

    async def make(profile: str = "ninh-binh") -> Town:
        return Town(await fresh_database("identity"), tmp_path, profile)

    return make


async def work_done(town: Town) -> str:
    """Do the work that sign-in asks for."""
    async with town.as_() as visitor:
        return work.solved((await visitor.get("/api/identity/work")).json()["task"])


@pytest.fixture
def solved() -> Callable[[Town], Awaitable[str]]:
    """Give what does the work."""
    return work_done


class TextGateway:
    """Keeps every text message instead of sending it."""

    def __init__(self) -> None:
        self.texts: list[tuple[str, str]] = []

    async def send(self, phone: str, text: str) -> bool:
        self.texts.append((phone, text))
        return True


@pytest.fixture(name="key")
def key_maker() -> Callable[[], dict[str, str]]:
    return key


@pytest.fixture(name="person")
def person_maker() -> Callable[..., dict[str, Any]]:
    return person
