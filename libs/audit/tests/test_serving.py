"""Inspectors search the access log within their scope, and each search is a line of it."""

import pytest
from audit import audit_router, writing_down
from common.api import create_service_app
from common.database import Database
from fastapi import FastAPI
from suite.testing import FreshDatabase, citizen, client, officer

AUDITOR = officer("auditor", agency="H42", scope="province", subject="inspector")
WHY = "Kiểm tra theo QĐ 12"


@pytest.fixture
async def database(fresh_database: FreshDatabase) -> Database:
    made = await fresh_database("notify")
    pool = await made.pool()
    for actor, agency, deed, subject, outcome in (
        ("o1", "H42.101", "view", "H42.101-1", 200),
        ("o2", "H42.102", "look_up", "", 200),
        ("o1", "H42.101", "export", "", 200),
        ("o3", "H42.101", "view", "H42.102-7", 404),
        ("c1", "", "change", "H42.101-1", 200),
    ):
        await pool.execute(
            "insert into audit_line (actor, agency, deed, subject, outcome) values ($1, $2, $3, $4, $5)",
            *(actor, agency, deed, subject, outcome),
        )
    return made


@pytest.fixture
def app(database: Database) -> FastAPI:
    made = create_service_app(
        name="notify", database=database, verifier=None, routers=[audit_router("notify")]
    )
    writing_down(made, database)
    return made


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["c1", "o3", "o1", "o2", "o1"]),
        ({"actor": "o1"}, ["o1", "o1"]),
        ({"subject": "H42.101-1"}, ["c1", "o1"]),
        ({"deed": "export"}, ["o1"]),
        ({"outcome": "refused"}, ["o3"]),
        ({"since": "2999-01-01T00:00:00Z"}, []),
        ({"until": "2999-01-01T00:00:00Z", "deed": "look_up"}, ["o2"]),
    ],
)
async def test_lines_are_found_by_who_what_whom_and_when(
    app: FastAPI, asked: dict[str, str], found: list[str]
) -> None:
    async with client(app, AUDITOR) as web:
        answer = await web.get("/api/notify/access-lines", params={"purpose": WHY, **asked})
    assert answer.status_code == 200, answer.text
    assert [item["actor"] for item in answer.json()["items"]] == found
    assert answer.json()["total"] == len(found)


async def test_pages_follow_each_other(app: FastAPI) -> None:
    seen: list[int] = []
    cursor = None
    async with client(app, AUDITOR) as web:
        for _ in range(2):
            params = {"purpose": WHY, "limit": "3"} | ({"cursor": cursor} if cursor else {})
            page = (await web.get("/api/notify/access-lines", params=params)).json()
            seen += [item["seq"] for item in page["items"]]
            cursor = page["next"]
    assert seen == [5, 4, 3, 2, 1]


@pytest.mark.parametrize("name", ["access-lines", "access-lines.csv"])
async def test_a_search_is_written_down_with_its_purpose(app: FastAPI, database: Database, name: str) -> None:
    async with client(app, AUDITOR) as web:
        assert (await web.get(f"/api/notify/{name}", params={"actor": "o1"})).status_code == 422
        answer = await web.get(f"/api/notify/{name}", params={"actor": "o1", "purpose": WHY})
    assert answer.status_code == 200
    line = await (await database.pool()).fetchrow("select * from audit_line order by seq desc limit 1")
    deed = "export" if name.endswith("csv") else "look_up"
    assert (line["actor"], line["deed"], line["purpose"]) == ("inspector", deed, WHY)
    assert line["details"] == '{"actor":"o1"}'


async def test_an_export_holds_what_the_search_finds(app: FastAPI) -> None:
    async with client(app, AUDITOR) as web:
        answer = await web.get("/api/notify/access-lines.csv", params={"purpose": WHY, "actor": "o1"})
    assert answer.text.count("H42.101;") == 2
    assert "o2" not in answer.text


@pytest.mark.parametrize(
    ("scope", "agency", "found"),
    [("agency", "H42.102", ["o2"]), ("province", "H42", ["c1", "o3", "o1", "o2", "o1"])],
)
async def test_r_acc_18_an_inspector_sees_the_lines_of_his_scope(
    app: FastAPI, scope: str, agency: str, found: list[str]
) -> None:
    who = officer("auditor", agency=agency, scope=scope, subject="inspector")
    async with client(app, who) as web:
        answer = await web.get("/api/notify/access-lines", params={"purpose": WHY})
    assert [item["actor"] for item in answer.json()["items"]] == found


@pytest.mark.parametrize("who", [citizen(), officer("operator", scope="province"), officer("agency_head")])
async def test_nobody_else_reads_it(app: FastAPI, who) -> None:
    async with client(app, who) as web:
        assert (await web.get("/api/notify/access-lines")).status_code == 403
