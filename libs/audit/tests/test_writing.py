"""Every deed is written down with the deed, and what cannot be written down is not answered."""

import asyncpg
import pytest
from audit import note, writing_down
from audit.lines import Deed, deed_of
from common.api import CallerDep, DatabaseDep, SessionDep, create_service_app
from common.database import Database
from common.errors import ForbiddenError, InvalidInputError, NotFoundError
from fastapi import APIRouter, FastAPI
from sqlalchemy import text
from suite.testing import FreshDatabase, citizen, client, officer

router = APIRouter(prefix="/api/notify")
SILENT = {"GET /api/notify/numbers": "numbers only"}


@router.get("/things/{code}")
async def show(code: str, caller: CallerDep, session: SessionDep) -> dict[str, str]:
    note(purpose="kiểm tra")
    if code == "shut":
        raise ForbiddenError
    if code == "none":
        raise NotFoundError
    return {"code": code}


@router.put("/things/{code}")
async def change(code: str, caller: CallerDep, session: SessionDep) -> dict[str, str]:
    await session.execute(text("insert into job_lock (name, ran_at) values (:code, now())"), {"code": code})
    if code == "wrong":
        raise InvalidInputError([])
    return {"code": code}


@router.get("/things")
async def find(caller: CallerDep, database: DatabaseDep) -> dict[str, str]:
    async with database.sessions() as session:  # a read that commits nothing
        await session.execute(text("select 1"))
    return {}


@router.get("/numbers")
async def numbers(caller: CallerDep, session: SessionDep) -> dict[str, str]:
    return {}


@router.get("/public")
async def public(session: SessionDep) -> dict[str, str]:
    return {}


@pytest.fixture
async def database(fresh_database: FreshDatabase) -> Database:
    return await fresh_database("notify")


@pytest.fixture
def app(database: Database) -> FastAPI:
    made = create_service_app(name="notify", database=database, verifier=None, routers=[router])
    writing_down(made, database, SILENT)
    return made


async def lines(database: Database) -> list[asyncpg.Record]:
    return await (await database.pool()).fetch("select * from audit_line order by seq")


OFFICER = officer("desk_officer", "signer", unit="u1", subject="officer-7")


async def test_who_what_when_from_where_and_to_which_end(app: FastAPI, database: Database) -> None:
    async with client(app, OFFICER) as http:
        headers = {"X-Forwarded-For": "6.6.6.6, 10.1.2.3", "User-Agent": "Firefox\x1b/1"}
        assert (await http.get("/api/notify/things/H42?q=An&limit=5", headers=headers)).status_code == 200
    (line,) = await lines(database)
    told = {
        name: line[name] for name in ("actor", "kind", "roles", "agency", "unit", "deed", "route", "subject")
    }
    assert told == {
        "actor": "officer-7",
        "kind": "officer",
        "roles": "desk_officer,signer",
        "agency": "H42.101",
        "unit": "u1",
        "deed": "view",
        "route": "GET /api/notify/things/{code}",
        "subject": "H42",
    }
    assert (line["details"], line["purpose"], line["outcome"]) == ('{"q":"An"}', "kiểm tra", 200)
    assert (line["address"], line["agent"]) == ("10.1.2.3", "Firefox /1")
    assert line["xid"] > 0


@pytest.mark.parametrize(
    ("method", "address", "status", "written"),
    [
        ("GET", "things", 200, [("look_up", 200)]),
        ("GET", "things/shut", 403, [("view", 403)]),
        ("GET", "things/none", 404, [("view", 404)]),
        ("PUT", "things/right", 200, [("change", 200)]),
        ("PUT", "things/wrong", 422, []),
        ("GET", "numbers", 200, []),
        ("GET", "public", 200, []),
        ("GET", "nowhere", 404, []),
    ],
)
async def test_each_answer_has_its_line(
    app: FastAPI, database: Database, method: str, address: str, status: int, written: list[tuple[str, int]]
) -> None:
    async with client(app, citizen()) as http:
        assert (await http.request(method, f"/api/notify/{address}")).status_code == status
    assert [(line["deed"], line["outcome"]) for line in await lines(database)] == written


async def test_the_line_stands_in_the_transaction_of_the_change(app: FastAPI, database: Database) -> None:
    async with client(app, citizen()) as http:
        await http.put("/api/notify/things/right")
    found = await (await database.pool()).fetchrow(
        "select l.xid, j.xmin::text::bigint as made from audit_line l, job_lock j where j.name = 'right'"
    )
    assert found["xid"] == found["made"]


@pytest.mark.parametrize(
    ("method", "address"), [("GET", "things"), ("GET", "things/H42"), ("PUT", "things/right")]
)
async def test_without_its_line_nothing_is_answered_and_nothing_changed(
    app: FastAPI, database: Database, method: str, address: str
) -> None:
    pool = await database.pool()
    await pool.execute("alter table audit_line rename to away")
    async with client(app, citizen()) as http:
        answer = await http.request(method, f"/api/notify/{address}")
    assert answer.status_code >= 500
    assert "H42" not in answer.text
    assert await pool.fetchval("select count(*) from job_lock") == 0


async def test_lines_are_only_added(database: Database) -> None:
    pool = await database.pool()
    await pool.execute("insert into audit_line (actor) values ('a')")
    for statement in ("update audit_line set actor = 'b'", "delete from audit_line", "truncate audit_line"):
        with pytest.raises(asyncpg.IntegrityConstraintViolationError):
            await pool.execute(statement)


@pytest.mark.parametrize(
    ("method", "path", "deed"),
    [
        ("GET", "/api/intake/dossiers/{code}", Deed.VIEW),
        ("GET", "/api/intake/dossiers/{code}/files/{file_id}", Deed.VIEW),
        ("GET", "/api/intake/dossiers/{code}/acceptance", Deed.VIEW),
        ("GET", "/api/intake/desk/dossiers", Deed.LOOK_UP),
        ("GET", "/api/processing/agencies/{agency}/dossiers", Deed.LOOK_UP),
        ("GET", "/api/intake/desk/dossiers.csv", Deed.EXPORT),
        ("PATCH", "/api/identity/officers/{officer_id}", Deed.CHANGE),
    ],
)
def test_a_route_tells_the_deed(method: str, path: str, deed: Deed) -> None:
    assert deed_of(method, path) is deed
