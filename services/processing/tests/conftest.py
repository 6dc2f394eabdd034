"""A small agency on a stage: what neighbours announce, who calls, what time it is."""

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from common.database import Database
from common.inbox import Meta
from common.security import Caller
from fastapi import FastAPI
from processing.domain.rules import HandlingRules
from processing.main import create_app
from processing.ports import SigningOfficer
from processing.settings import Settings
from processing.subscribers import subscriptions
from sqlalchemy import text
from suite.check.shapes import fact
from suite.testing import client, officer

MONDAY_8 = datetime(2026, 12, 7, 1, 0, tzinfo=UTC)  # 08:00 in Hà Nội
MONDAY_CLOSE = datetime(2026, 12, 7, 10, 30, tzinfo=UTC)
CODE = "H42.101-261207-0001"
STEPS = [
    ("check", "Thẩm định hồ sơ", "Check the dossier", "tu-phap-ho-tich", "specialist", "4 wh", "task"),
    ("sign", "Lãnh đạo phê duyệt, ký", "The leader approves and signs", "lanh-dao", "signer", "2 wh", "sign"),
    ("return", "Chuyển kết quả", "Hand the result over", "mot-cua", "desk_officer", "1 wh", "return"),
]
KEYS = ("id", "name", "name_en", "unit", "role", "hours", "kind")


class FakeSigner:
    """Writes the signer's name at the end of the PDF and remembers every signature."""

    def __init__(self) -> None:
        self.signed: list[SigningOfficer] = []
        self.before: Callable[[], Awaitable[None]] | None = None

    async def sign(
        self, pdf: bytes, officer: SigningOfficer, reason: str, location: str, at: datetime
    ) -> bytes:
        if self.before is not None:
            await self.before()
        self.signed.append(officer)
        return pdf + f"\n% signed by {officer.name} at {location} for {reason} {at.isoformat()}".encode()


def steps_of(*rows: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return step rows as the catalogue announces them."""
    return [dict(zip(KEYS, row, strict=True)) | {"condition": None} for row in rows]


def procedure(version: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a published procedure version."""
    process = {
        "version": 1,
        "decision_number": "123/QĐ-UBND",
        "decision_on": "2026-07-01",
        "steps": steps_of(*STEPS),
    }
    base = {
        "code": "1.001193",
        "version": version,
        "name": "Thủ tục đăng ký khai sinh",
        "name_en": "Birth registration",
        "field": "ho-tich",
        "field_name": "Hộ tịch",
        "route": "own",
        "route_url": None,
        "effective_from": "2026-07-01",
        "effective_to": None,
        "cases": [],
        "fees": [],
        "components": [],
        "forms": [],
        "eform": None,
        "legal_basis": [],
        "limits": [
            {"case": None, "channel": None, "rule": "same_day_15h", "amount": None, "text": "trong ngày"}
        ],
        "process": process,
        "offers": [{"agency": "H42.101", "service_level": "full"}],
        "result": {"name": "Giấy khai sinh", "template": "birth_certificate"},
    }
    return base | changes


def accepted(code: str = CODE, **changes: Any) -> dict[str, Any]:
    """Return an accepted dossier as intake announces it."""
    base = {
        "code": code,
        "state": "accepted",
        "procedure_code": "1.001193",
        "procedure_version": 1,
        "field": "ho-tich",
        "channel": "online",
        "receiving_point": "H42.101",
        "competent_agency": "H42.101",
        "submitted_at": MONDAY_8.isoformat(),
        "accepted_at": MONDAY_8.isoformat(),
        "due_at": MONDAY_CLOSE.isoformat(),
    }
    return base | changes


PEOPLE = {
    "an": ("Lê Văn An", "tu-phap-ho-tich", ["specialist"]),
    "binh": ("Hoàng Thị Bình", "tu-phap-ho-tich", ["specialist"]),
    "lan": ("Phạm Thị Lan", None, ["signer", "agency_head"]),
    "mai": ("Đỗ Thị Mai", "mot-cua", ["desk_officer"]),
}
CONTENT = {
    "child_name": "Nguyễn Minh Anh",
    "child_born_on": "2026-11-15",
    "child_sex": "female",
    "child_ethnicity": "Kinh",
    "child_nationality": "Việt Nam",
    "birth_place": "Bệnh viện Sản nhi Ninh Bình",
    "child_home_town": "Gia Viễn, Ninh Bình",
    "mother_name": "Nguyễn Thị Ánh",
}


@dataclass
class Stage:
    """One agency with its people, a clock that is set by hand, and its API."""

    database: Database
    settings: Settings
    app: FastAPI
    signer: FakeSigner
    now: datetime = MONDAY_8
    heard: int = field(default=0)

    @property
    def rules(self) -> HandlingRules:
        """Return the rules in force."""
        return self.app.state.built.rules  # type: ignore[no-any-return]

    async def hear(
        self, type_: str, data: dict[str, Any], subject: str = "x", version: int | None = None
    ) -> None:
        """Let a neighbour's fact take effect, as the inbox would."""
        self.heard += 1
        subscription = subscriptions(self.rules).get(type_)
        assert subscription is not None
        meta = Meta(uuid.uuid4(), type_, self.now, None, subject, version or self.heard)
        async with self.database.sessions.begin() as session:
            await subscription.handler(
                session, [(subscription.model.model_validate(fact(type_, data)), meta)]
            )

    async def furnish(self) -> None:
        """Announce the agency, its officers and the procedure."""
        await self.hear("catalog.agency_changed.v1", {"code": "H42", "name": "UBND tỉnh Ninh Bình"})
        await self.hear(
            "catalog.agency_changed.v1", {"code": "H42.101", "name": "UBND phường Hoa Lư", "parent": "H42"}
        )
        for subject, (name, unit, roles) in PEOPLE.items():
            fact = {
                "officer_id": subject,
                "display_name": name,
                "agency": "H42.101",
                "unit": unit,
                "roles": roles,
                "active": True,
            }
            await self.hear("identity.officer_changed.v1", fact, subject)
        await self.hear("catalog.procedure_published.v1", procedure())

    async def accept(self, code: str = CODE, **changes: Any) -> None:
        """Announce an accepted dossier."""
        await self.hear("intake.dossier_accepted.v1", accepted(code, **changes), code)

    def who(self, subject: str, /, **changes: Any) -> Caller:
        """Return one of the agency's people as caller."""
        _, unit, roles = PEOPLE[subject]
        scope = "own" if "specialist" in roles else "agency"
        given = {"agency": "H42.101", "unit": unit, "scope": scope, "subject": subject} | changes
        return officer(*given.pop("roles", roles), **given)

    def api(self, caller: Caller | str, language: str = "vi") -> httpx.AsyncClient:
        """Return a client that speaks as one of the agency's people."""
        return client(self.app, self.who(caller) if isinstance(caller, str) else caller, language)

    async def get(self, caller: Caller | str, path: str = "", **query: Any) -> httpx.Response:
        """Read a resource below the agency."""
        async with self.api(caller) as http:
            return await http.get(f"/api/processing/agencies/H42.101{path}", params=query)

    async def act(self, caller: Caller | str, action: str, code: str = CODE, **body: Any) -> httpx.Response:
        """Carry out an action; the current version is added unless one is given."""
        if "version" not in body and action not in {"claim", "assignment", "receipt"}:
            body["version"] = await self.version(code)
        async with self.api(caller) as http:
            return await http.post(f"/api/processing/agencies/H42.101/dossiers/{code}/{action}", json=body)

    async def version(self, code: str = CODE) -> int:
        """Return the version a page would carry."""
        row = await self.sql("SELECT version FROM dossier WHERE code = :code", code=code)
        return int(row[0][0])

    async def propose(self, caller: str = "an", code: str = CODE, **changes: Any) -> httpx.Response:
        """Propose to grant the birth certificate."""
        return await self.act(
            caller, "proposal", code, **({"outcome": "grant", "content": CONTENT} | changes)
        )

    async def to_leader(self, code: str = CODE, **changes: Any) -> None:
        """Bring a dossier to the leader: claimed and proposed by An."""
        assert (await self.act("an", "claim", code)).status_code == 200
        answer = await self.propose(code=code, **changes)
        assert answer.status_code == 200, answer.text

    async def sql(self, statement: str, **values: Any) -> list[Any]:
        """Run a query."""
        async with self.database.sessions.begin() as session:
            result = await session.execute(text(statement), values)
            return list(result) if result.returns_rows else []

    async def facts(self, type_: str) -> list[dict[str, Any]]:
        """Return what was announced under a type, oldest first."""
        rows = await self.sql(
            "SELECT envelope -> 'data' FROM outbox WHERE type = :type ORDER BY seq", type=type_
        )
        return [row[0] for row in rows]


Staging = Callable[..., Awaitable[Stage]]


@pytest.fixture
def staging(fresh_database: Callable[[str], Awaitable[Database]], tmp_path: Path) -> Staging:
    """Give a maker of stages under a regulation profile."""

    async def make(profile: str = "ninh-binh", *, furnished: bool = True) -> Stage:
        settings = Settings(
            profile=profile,
            files_url=(tmp_path / "files").as_uri(),
            signing_folder=tmp_path / "signing",
            sealing_key="the key of the tests",
            public_url="https://dichvucong.example",
        )
        database = await fresh_database("processing")
        app = create_app(settings, database)
        signer = FakeSigner()
        built = app.state.built
        app.state.built = replace(built, means=replace(built.means, signer=signer))
        stage = Stage(database, settings, app, signer)
        app.state.now = lambda: stage.now
        if furnished:
            await stage.furnish()
        return stage

    return make


@pytest.fixture
async def stage(staging: Staging) -> Stage:
    """Give a furnished stage with one accepted dossier."""
    made = await staging()
    await made.accept()
    return made


@pytest.fixture
def published() -> Callable[..., dict[str, Any]]:
    """Give a maker of published procedure versions."""
    return procedure


@pytest.fixture
def dossier() -> Callable[..., dict[str, Any]]:
    """Give a maker of accepted dossiers."""
    return accepted


@pytest.fixture
def content() -> dict[str, str]:
    """Give the lines of a birth certificate."""
    return CONTENT
