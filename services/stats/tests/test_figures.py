"""Figures on a real database: learnt from events, rebuilt from events, and adding up."""

import json
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from common.database import Database
from common.handling import InboxHandler
from common.inbox import Arrival, store
from regulation import profiles
from sqlalchemy import text
from stats.domain import story
from stats.main import create_app
from stats.settings import Settings
from stats.subscribers import subscriptions
from stats.usecases.check_identity import check_identity
from stats.usecases.rebuild import content_hash, rebuild
from suite.testing import FreshDatabase, client, officer

NOW = datetime.now(UTC).replace(microsecond=0)
AGENCIES = (("H42", "province", None), ("H42.15", "province", "H42"), ("H42.101", "commune", "H42"))


def envelope(type_: str, subject: str, version: int, data: dict[str, Any]) -> Arrival:
    id_ = uuid.uuid4()
    whole = {
        "specversion": "1.0", "id": str(id_), "source": "motcua/test", "type": type_, "subject": subject,
        "time": NOW.isoformat(), "agency": None, "aggregateversion": version,
        "data": {"aggregate_id": subject, "aggregate_version": version, "occurred_at": NOW.isoformat(), **data},
    }  # fmt: skip
    return Arrival(id_, type_, json.dumps(whole))


def dossier(number: int, type_: str, version: int, *, agency: str = "H42.101", **own: Any) -> Arrival:
    code = f"{agency}-261121-{number:04}"
    instants = {
        key: value.isoformat() if isinstance(value, datetime) else value for key, value in own.items()
    }
    place = {
        "receiving_point": agency, "competent_agency": agency, "field": "ho-tich", "channel": "online",
        "procedure_code": "1.001193",
    }  # fmt: skip
    known = {} if type_.startswith("processing.") else place
    return envelope(type_, code, version, {"code": code, **known, **instants})


def names() -> list[Arrival]:
    rows = []
    for code, level, parent in AGENCIES:
        told = {"code": code, "name": f"Cơ quan {code}", "level": level, "kind": "x", "parent": parent}
        rows.append(envelope("catalog.agency_changed.v1", code, 1, told))
    published = {"field": "ho-tich", "field_name": "Hộ tịch"}
    return [*rows, envelope("catalog.procedure_published.v1", "1.001193", 1, published)]


def month(count: int) -> list[Arrival]:
    """One dossier of each fate, over and over."""
    facts: list[Arrival] = []
    for number in range(1, count + 1):
        agency = "H42.15" if number % 3 == 0 else "H42.101"
        due = NOW + timedelta(hours=8)
        facts.append(dossier(number, story.RECEIVED, 1, agency=agency, submitted_at=NOW, check_due_at=due))
        fate = number % 5
        if fate == 1:
            facts.append(
                dossier(number, story.PAUSED, 2, agency=agency, requested_at=NOW + timedelta(seconds=1))
            )
        if fate == 2:
            facts.append(
                dossier(number, story.REDIRECTED, 2, agency=agency, redirected_at=NOW + timedelta(seconds=1))
            )
        if fate in (3, 4):
            accepted = NOW + timedelta(seconds=1)
            facts.append(
                dossier(number, story.ACCEPTED, 2, agency=agency, accepted_at=accepted, due_at=accepted)
            )
            ready = accepted + timedelta(seconds=fate - 3)
            facts.append(dossier(number, story.READY, 4, agency=agency, ready_at=ready))
    return facts


async def learn(database: Database, arrivals: list[Arrival]) -> None:
    await store(await database.pool(), arrivals)
    handler = InboxHandler(database, subscriptions())
    while await handler.one_pass():
        pass


@pytest.fixture
async def database(fresh_database: FreshDatabase) -> Database:
    return await fresh_database("stats")


@pytest.fixture
async def reader(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(Settings(database_url=database.dsn), database)
    async with client(app) as opened:
        yield opened


async def figures(reader: httpx.AsyncClient, **query: str) -> dict[str, Any]:
    answer = await reader.get("/api/stats/public", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_r_sta_04_figures_follow_events_without_anybody_entering_them(
    database: Database, reader: httpx.AsyncClient
) -> None:
    before = await figures(reader)
    assert before["totals"][-1]["received"] == 0
    await learn(database, [*names(), *month(10)])
    after = await figures(reader)
    newest = after["totals"][-1]
    assert (newest["received"], newest["finished_on_time"], newest["finished_late"]) == (10, 2, 2)
    assert (newest["in_progress"], newest["paused"], newest["withdrawn"]) == (2, 2, 2)
    assert after["waiting_count"] == 0
    assert after["age_seconds"] == 0
    assert after["newest_fact_at"]


async def test_r_sta_20_sums_agree_from_bottom_to_top(database: Database, reader: httpx.AsyncClient) -> None:
    await learn(database, [*names(), *month(30)])
    found = await figures(reader)
    last = {row["key"]: row for row in found["rows"] if row["period"] == found["totals"][-1]["period"]}
    for column in ("received", "finished", "in_progress", "paused", "withdrawn"):
        assert last["H42"][column] == last["H42.15"][column] + last["H42.101"][column]
        assert last["H42"][column] == found["totals"][-1][column]
    assert {last[code]["level"] for code in ("H42", "H42.101")} == {"province", "commune"}


async def test_the_accounts_add_up_and_a_breach_is_named(database: Database) -> None:
    await learn(database, [*names(), *month(20)])
    async with database.sessions() as session:
        assert (await check_identity(session, NOW + timedelta(seconds=5))).breach_count == 0
        await session.execute(text("UPDATE dossier SET closing = 'vanished' WHERE code LIKE '%-0003'"))
        found = await check_identity(session, NOW + timedelta(seconds=6))
        assert found.breach_count > 0
        assert any(breach.get("breach") == 1 for breach in found.breaches)
        await session.rollback()


async def test_rebuilding_gives_the_same_hash(database: Database) -> None:
    await learn(database, [*names(), *reversed(month(25))])
    async with database.sessions() as session:
        again = await rebuild(session, subscriptions())
        assert again.before == again.after
        assert again.fact_count == len(names()) + len(month(25))
        await session.execute(text("UPDATE dossier SET field = 'forged' WHERE code LIKE '%-0001'"))
        assert await content_hash(session) != again.after
        mended = await rebuild(session, subscriptions())
        assert mended.after == again.after != mended.before
        await session.rollback()


async def test_the_same_events_three_times_count_once(database: Database, reader: httpx.AsyncClient) -> None:
    facts = month(10)
    await learn(database, [*facts, *facts])
    await learn(database, facts)
    assert (await figures(reader))["totals"][-1]["received"] == 10


@pytest.mark.parametrize("name", ["ninh-binh", "thai-nguyen", "binh-dinh", "quang-tri", "ha-nam"])
async def test_r_sta_01_the_periods_of_the_regulation_are_public(database: Database, name: str) -> None:
    await learn(database, [*names(), *month(10)])
    app = create_app(Settings(database_url=database.dsn, profile=name), database)
    offered = profiles.load(name).listing("stats.public_periods")
    async with client(app) as anybody:
        for period in ("month", "quarter", "year"):
            answer = await anybody.get("/api/stats/public", params={"period": period, "group": "agency"})
            assert answer.status_code == (200 if period in offered else 422), answer.text
            if period in offered:
                newest = answer.json()["rows"][-1]
                assert {"received", "finished", "finished_on_time", "finished_late"} <= newest.keys()
                assert answer.json()["totals"][-1]["received"] == 10
            else:
                assert answer.json()["errors"][0]["field"] == "period"


@pytest.mark.parametrize(
    ("group", "keys"), [("field", {"ho-tich"}), ("channel", {"online"}), ("province", {"province"})]
)
async def test_figures_are_cut_by(
    database: Database, reader: httpx.AsyncClient, group: str, keys: set[str]
) -> None:
    await learn(database, [*names(), *month(10)])
    found = await figures(reader, group=group)
    assert {row["key"] for row in found["rows"]} == keys
    assert sum(row["received"] for row in found["rows"]) == 10


async def test_the_table_opens_in_a_spreadsheet(database: Database, reader: httpx.AsyncClient) -> None:
    await learn(database, [*names(), *month(5)])
    answer = await reader.get("/api/stats/public.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    lines = answer.text.splitlines()
    assert lines[0].startswith("\ufeffperiod,first,last,key,name")
    assert any("Cơ quan H42.101" in line for line in lines)


async def test_dossiers_behind_a_figure_are_for_officers_of_the_agency(database: Database) -> None:
    await learn(database, [*names(), *month(9)])
    app = create_app(Settings(database_url=database.dsn), database)
    async with client(app) as anybody:
        assert (await anybody.get("/api/stats/dossiers")).status_code == 401
    async with client(app, officer("signer", scope="own")) as small:
        assert (await small.get("/api/stats/dossiers")).status_code == 403
    async with client(app, officer("agency_head", agency="H42.15")) as head:
        listed = (await head.get("/api/stats/dossiers", params={"agency": "H42.101"})).json()
        assert {row["code"].rsplit("-", 2)[0] for row in listed} == {"H42.15"}
    async with client(app, officer("coordinator", agency="H42", scope="province")) as coordinator:
        assert len((await coordinator.get("/api/stats/dossiers")).json()) == 9
