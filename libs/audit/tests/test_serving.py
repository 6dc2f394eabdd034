"""Inspectors search the access log within their scope, and each search is a line of it."""

from collections.abc import Sequence
from typing import Any

import pytest
from audit import audit_router, serving, writing_down
from audit.lines import hidden
from common.api import create_service_app
from common.database import Database
from common.sealing import Ring
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession
from suite.testing import FreshDatabase, citizen, client, officer

AUDITOR = officer("auditor", agency="H42", scope="province", subject="inspector")
WHY = "Kiểm tra theo QĐ 12"


@pytest.fixture
async def database(fresh_database: FreshDatabase) -> Database:
    made = await fresh_database("notify")
    pool = await made.pool()
    for actor, agency, deed, subject, outcome, route in (
        ("o1", "H42.101", "view", "H42.101-1", 200, ""),
        ("o2", "H42.102", "look_up", "", 200, "GET /api/intake/desk/dossiers"),
        ("o1", "H42.101", "export", "", 200, ""),
        ("o3", "H42.101", "view", "H42.102-7", 404, ""),
        ("c1", "", "change", "H42.101-1", 200, ""),
    ):
        await pool.execute(
            "insert into audit_line (actor, agency, deed, subject, outcome, route) values ($1, $2, $3, $4, $5, $6)",
            *(actor, agency, deed, subject, outcome, route),
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
        ({"route": "DESK/dossiers"}, ["o2"]),
        ({"route": "%"}, []),
        ({"person": "Ánh", "about": "H42.102-7, H42.9"}, ["o3"]),
        ({"about": "H42.102-7"}, ["c1", "o3", "o1", "o2", "o1"]),
        ({"since": "2199-01-01T00:00:00Z"}, []),
        ({"until": "2199-01-01T00:00:00Z", "deed": "look_up"}, ["o2"]),
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
    ("scope", "agency", "found", "said"),
    [
        ("agency", "H42.102", ["o2"], "Chỉ những dòng của người thuộc cơ quan H42.102."),
        ("province", "H42", ["c1", "o3", "o1", "o2", "o1"], "Mọi dòng của toàn tỉnh."),
    ],
)
async def test_r_acc_18_an_inspector_sees_the_lines_of_his_scope_and_is_told_which_those_are(
    app: FastAPI, scope: str, agency: str, found: list[str], said: str
) -> None:
    who = officer("auditor", agency=agency, scope=scope, subject="inspector")
    async with client(app, who) as web:
        answer = await web.get("/api/notify/access-lines", params={"purpose": WHY})
        taken = await web.get("/api/notify/access-lines.csv", params={"purpose": WHY})
    told = answer.json()
    assert [item["actor"] for item in told["items"]] == found
    assert (told["reach"], told["reach_label"].startswith(said)) == (scope, True)
    assert f"access-lines-{scope}.csv" in taken.headers["content-disposition"]
    first = taken.text.removeprefix("\ufeff").partition("\r\n")[0]
    assert first.startswith("seq;at;" if scope == "province" else said)


async def test_r_sec_22_an_export_that_has_no_room_for_older_lines_says_so(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "MOST_TAKEN", 2)
    async with client(app, AUDITOR) as web:
        taken = await web.get("/api/notify/access-lines.csv", params={"purpose": WHY})
    lines = taken.text.removeprefix("\ufeff").splitlines()
    assert (lines[0].startswith("Chỉ "), lines[1][:4], len(lines)) == (True, "seq;", 4)
    assert 'filename="access-lines-province-newest.csv"' in taken.headers["content-disposition"]


async def test_r_acc_18_what_is_a_persons_is_told_by_key_to_whom_sees_the_province_and_found_by_all(
    database: Database,
) -> None:
    async def hers(_session: AsyncSession, person: str, **asked: Any) -> Sequence[str]:
        return ["H42.101-1", *asked["known"]] if person == "Ánh" else []

    app = create_service_app(
        name="notify", database=database, verifier=None, routers=[audit_router("notify", hers, apart=True)]
    )
    asked = {"purpose": WHY, "person": "Ánh", "about": "H42.102-7"}
    below = officer("auditor", agency="H42.101", scope="agency", subject="inspector")
    for who, keys, actors in (
        (AUDITOR, ["H42.101-1", "H42.102-7"], ["c1", "o3", "o1"]),
        (below, [], ["o3", "o1"]),
    ):
        async with client(app, who) as web:
            for place in ("", "/agencies/H42.15"):
                told = (await web.get(f"/api/notify{place}/access-lines", params=asked)).json()
                assert (told["keys"], [one["actor"] for one in told["items"]]) == (keys, actors)


@pytest.mark.parametrize("who", [citizen(), officer("operator", scope="province"), officer("agency_head")])
async def test_nobody_else_reads_it(app: FastAPI, who) -> None:
    async with client(app, who) as web:
        assert (await web.get("/api/notify/access-lines")).status_code == 403


RING = Ring(b"the key of a test")


@pytest.fixture
async def sought(database: Database) -> Database:
    """Let officers look for a number, for the same number written otherwise, for a name and for another number."""
    pool = await database.pool()
    for actor, word in (
        ("o7", hidden("0912345678", RING)),
        ("o8", f"Lan {hidden('0912345678', RING)}"),
        ("o9", "nguyễn thị ánh"),
        ("o10", hidden("0912345679", RING)),
    ):
        await pool.execute(
            "insert into audit_line (actor, agency, deed, details) values ($1, 'H42.101', 'look_up', $2)",
            *(actor, f'{{"q":"{word}"}}'),
        )
    return database


@pytest.mark.parametrize(
    ("person", "found"),
    [
        ("0912345678", ["o8", "o7"]),
        ("+84 912.345.678", ["o8", "o7"]),
        ("Nguyễn Thị Ánh", ["o9"]),
        ("0900000000", []),
        ("%", []),
    ],
)
async def test_r_sec_22_who_looked_for_a_person_is_found_by_number_and_by_name(
    app: FastAPI, sought: Database, person: str, found: list[str]
) -> None:
    sought.ring = RING
    async with client(app, AUDITOR) as web:
        told = {"purpose": WHY, "person": person, "deed": "look_up"}
        answer = await web.get("/api/notify/access-lines", params=told)
        assert (await web.get("/api/notify/access-lines", params={"person": person})).status_code == 422
    assert [item["actor"] for item in answer.json()["items"]] == found


async def test_r_sec_22_a_search_by_person_is_found_by_the_next_one_and_names_nobody(
    app: FastAPI, sought: Database
) -> None:
    sought.ring = RING
    told = {"purpose": WHY, "person": "0912 345 678"}
    async with client(app, AUDITOR) as web:
        await web.get("/api/notify/access-lines", params=told)
        again = (await web.get("/api/notify/access-lines", params=told)).json()["items"]
    assert [item["actor"] for item in again] == ["inspector", "o8", "o7"]
    assert (again[0]["purpose"], "345" in again[0]["details"]) == (WHY, False)


async def test_r_sec_22_where_numbers_have_no_marks_none_is_found_by_one(
    app: FastAPI, database: Database
) -> None:
    pool = await database.pool()
    await pool.execute(
        "insert into audit_line (actor, agency, deed, details) values ('o7', 'H42.101', 'look_up', '{\"q\":\"~\"}')"
    )
    async with client(app, AUDITOR) as web:
        told = {"purpose": WHY, "person": "0912345678"}
        assert (await web.get("/api/notify/access-lines", params=told)).json()["items"] == []


async def test_r_sec_22_a_word_that_means_too_many_says_so(database: Database) -> None:
    async def many(session: object, person: str, *, limit: int, **asked: object) -> list[str]:
        return [f"H42.101-{number}" for number in range(1, limit + 1)]

    made = create_service_app(
        name="notify", database=database, verifier=None, routers=[audit_router("notify", many)]
    )
    async with client(made, AUDITOR) as web:
        told = {"purpose": WHY, "person": "Nguyễn Văn Nam"}
        page = (await web.get("/api/notify/access-lines", params=told)).json()
        file = (await web.get("/api/notify/access-lines.csv", params=told)).text
    assert ([item["actor"] for item in page["items"]], page["more_meant"]) == (["c1", "o1"], True)
    assert "hơn 200 tài khoản" in file.splitlines()[0]
