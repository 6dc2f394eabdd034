"""A province as intake knows it: desks of communes and the birth registration of the demonstration, put in directly."""

import asyncio
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import asyncpg
import orjson
from catalog.adapters.demo_pack import read_demo_pack
from common.migrations import upgrade
from common.security import Caller
from suite.demo.example import ANSWERS
from suite.run.postgres import PostgresServer
from suite.testing import token

PROCEDURE = "1.001193"
COMMUNES = tuple(f"H42.{number}" for number in range(101, 125))
DRAFT_PAPERS = ("to-khai", "giay-chung-sinh")
_DESK = orjson.dumps(
    {"address": "Số 1 đường Lê Hồng Phong", "phone": "02293871234", "email": "mc@example.org"}
).decode()


def create_database(server: PostgresServer, name: str, package: str | None = None) -> str:
    """Make a database, with the tables of a service when one is named, and return its address."""

    async def make() -> None:
        connection = await asyncpg.connect(server.dsn())
        await connection.execute(f"create database {name}")
        await connection.close()

    asyncio.run(make())
    if package is not None:
        upgrade(server.dsn(name), package)
    return server.dsn(name)


def procedure(code: str, components: Sequence[str]) -> dict[str, Any]:
    """Return the published version that intake keeps: the real e-form, offered at every commune."""
    parts = [
        {"id": name, "name": name, "name_en": name, "required": True, "accepts": []} for name in components
    ]
    form = read_demo_pack().eforms["birth-registration"]
    return {
        "code": code,
        "version": 1,
        "name": "Thủ tục đăng ký khai sinh",
        "name_en": "Birth registration",
        "field": "HT",
        "field_name": "Hộ tịch",
        "route": "own",
        "route_url": None,
        "effective_from": "2026-01-01",
        "effective_to": None,
        "cases": [],
        "limits": [],
        "fees": [],
        "components": parts,
        "forms": [],
        "eform": {"definition": form},
        "process": None,
        "offers": [{"agency": code, "service_level": "full", "unit": "tu-phap-ho-tich"} for code in COMMUNES],
        "result": None,
        "legal_basis": [],
    }


def answers(number: int) -> dict[str, Any]:
    """Return what the applicant with a number fills in: twenty-six fields, three of them addresses."""
    filled = {name: value for page in ANSWERS.values() for name, value in page.items()}
    born = datetime.now(UTC).date() - timedelta(days=number % 40 + 2)
    return {
        **filled,
        "requester_name": f"Nguyễn Thị Ánh {'ABCDEFGHIJ'[number % 10]}",
        "requester_id": f"{number:012d}",
        "child_born_on": born.isoformat(),
    }


def bearer(number: int) -> dict[str, str]:
    """Return the headers of the citizen with a number; the key makes each request one of its own."""
    who = Caller(
        subject=str(uuid.UUID(int=number)),
        kind="citizen",
        roles=frozenset({"citizen"}),
        agency=None,
        unit=None,
        scope="own",
        token_id=str(number),
    )
    return {"Authorization": f"Bearer {token(who)}", "Accept-Language": "vi"}


def clerk(number: int) -> dict[str, str]:
    """Return the headers of the desk officer with a number."""
    who = Caller(
        subject=str(uuid.UUID(int=number)),
        kind="officer",
        roles=frozenset({"desk_officer"}),
        agency=COMMUNES[number % len(COMMUNES)],
        unit="mot-cua",
        scope="agency",
        token_id=str(number),
    )
    return {"Authorization": f"Bearer {token(who)}", "Accept-Language": "vi"}


async def furnish(dsn: str) -> None:
    """Write communes and procedures down: one without papers, one with two required ones."""
    connection = await asyncpg.connect(dsn)
    await connection.executemany(
        "insert into agency (code, version, name, level, desk) values ($1, 1, $2, 'commune', $3)",
        [(code, f"UBND phường số {code[4:]}", _DESK) for code in COMMUNES],
    )
    for code, parts in ((PROCEDURE, ()), ("1.001194", DRAFT_PAPERS)):
        content = procedure(code, parts)
        await connection.execute(
            "insert into procedure_version (code, version, name, effective_from, content) "
            "values ($1, 1, $2, '2026-01-01', $3)",
            code,
            content["name"],
            orjson.dumps(content).decode(),
        )
    await connection.close()


class Waiting(NamedTuple):
    """Drafts ready to be submitted: (code, version, case) of their procedure, their papers, whose they are, and where.

    Without an `owner` they belong to two hundred citizens in turn.
    """

    procedure: tuple[str, int, str | None] = ("1.001194", 1, None)
    papers: tuple[str, ...] = DRAFT_PAPERS
    owner: str = ""
    agencies: tuple[str, ...] = COMMUNES


async def lay_out_drafts(dsn: str, first: int, count: int, waiting: Waiting = Waiting()) -> None:
    """Write complete drafts with their papers, as citizens leave them before the last page."""
    connection, now = await asyncpg.connect(dsn), datetime.now(UTC)
    numbers = range(first, first + count)
    await connection.executemany(
        "insert into draft (id, owner_id, procedure_code, procedure_version, case_id, agency, answers, created_at, "
        "updated_at, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $8, 7)",
        [
            (
                uuid.UUID(int=n),
                waiting.owner or str(uuid.UUID(int=n % 200)),
                *waiting.procedure,
                waiting.agencies[n % len(waiting.agencies)],
                orjson.dumps(answers(n)).decode(),
                now,
            )
            for n in numbers
        ],
    )
    await connection.executemany(
        "insert into attachment (id, draft_id, component_id, name, size, media_type, sha256, source, scan, round, "
        "uploaded_by, uploaded_at) values ($1, $2, $3, 'anh.jpg', 81920, 'image/jpeg', $4, 'upload', 'clean', 0, "
        "'x', $5)",
        [(uuid.uuid4(), uuid.UUID(int=n), part, "0" * 64, now) for n in numbers for part in waiting.papers],
    )
    await connection.close()
