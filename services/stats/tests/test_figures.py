"""Figures on a real database: learnt from events, rebuilt from events, and adding up."""

import csv
import io
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
from stats.api.shapes import RowOut
from stats.domain import story
from stats.main import create_app
from stats.settings import Settings
from stats.subscribers import subscriptions
from stats.usecases.check_identity import check_identity
from stats.usecases.rebuild import content_hash, rebuild
from suite.check.shapes import fact
from suite.testing import FreshDatabase, client, officer

NOW = datetime.now(UTC).replace(microsecond=0)
AGENCIES = (
    ("H42", "province", "committee", None),
    ("H42.15", "province", "department", "H42"),
    ("H42.101", "commune", "committee", "H42"),
)


def envelope(type_: str, subject: str, version: int, data: dict[str, Any]) -> Arrival:
    id_ = uuid.uuid4()
    whole = {
        "specversion": "1.0",
        "id": str(id_),
        "source": "motcua/test",
        "type": type_,
        "subject": subject,
        "time": NOW.isoformat(),
        "agency": None,
        "aggregateversion": version,
        "data": fact(type_, data),
    }
    return Arrival(id_, type_, json.dumps(whole))


def dossier(number: int, type_: str, version: int, *, agency: str = "H42.101", **own: Any) -> Arrival:
    code = f"{agency}-261121-{number:04}"
    instants = {
        key: value.isoformat() if isinstance(value, datetime) else value for key, value in own.items()
    }
    place = {
        "receiving_point": agency,
        "competent_agency": agency,
        "field": "ho-tich",
        "channel": "online",
        "procedure_code": "1.001193",
    }
    known = {} if type_.startswith("processing.") else place
    return envelope(type_, code, version, {"code": code, **known, **instants})


def names() -> list[Arrival]:
    rows = []
    for code, level, kind, parent in AGENCIES:
        told = {"code": code, "name": f"Cơ quan {code}", "level": level, "kind": kind, "parent": parent}
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


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("level", {"province": ("Cấp tỉnh", 4), "commune": ("Cấp xã", 8)}),
        ("kind", {"department": ("Sở, ban, ngành", 4), "committee": ("Ủy ban nhân dân", 8)}),
    ],
)
async def test_r_sta_20_figures_per_administrative_level_and_agency_type(
    database: Database, reader: httpx.AsyncClient, group: str, expected: dict[str, tuple[str, int]]
) -> None:
    await learn(database, [*names(), *month(12)])
    found = await figures(reader, group=group)
    assert {row["key"]: (row["name"], row["received"]) for row in found["rows"]} == expected
    assert found["totals"][-1]["received"] == 12


async def test_r_cat_02_a_vertical_agency_appears_apart_under_the_same_rules(
    database: Database, reader: httpx.AsyncClient
) -> None:
    told = {
        "code": "H42.15",
        "name": "Bảo hiểm xã hội",
        "level": "province",
        "kind": "vertical",
        "parent": "H42",
    }
    await learn(database, [*names(), envelope("catalog.agency_changed.v1", "H42.15", 2, told), *month(12)])
    found = await figures(reader, group="kind")
    shown = {row["key"]: (row["name"], row["received"]) for row in found["rows"]}
    assert shown == {"vertical": ("Cơ quan ngành dọc", 4), "committee": ("Ủy ban nhân dân", 8)}
    assert found["totals"][-1]["received"] == 12


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
        again = await rebuild(session)
        assert again.before == again.after
        assert again.fact_count == len(month(25))
        await session.execute(text("UPDATE dossier SET field = 'forged' WHERE code LIKE '%-0001'"))
        assert await content_hash(session) != again.after
        mended = await rebuild(session)
        assert mended.after == again.after != mended.before
        await session.rollback()


async def test_the_same_events_three_times_count_once(database: Database, reader: httpx.AsyncClient) -> None:
    facts = month(10)
    await learn(database, [*facts, *facts])
    await learn(database, facts)
    assert (await figures(reader))["totals"][-1]["received"] == 10


@pytest.mark.parametrize("corrected", ["processing.result_revoked.v1", "processing.result_replaced.v1"])
async def test_r_sta_19_a_dossier_whose_result_is_revoked_or_replaced_counts_once_as_it_was_finished(
    database: Database, reader: httpx.AsyncClient, corrected: str
) -> None:
    facts = month(5)  # numbers 3 and 4 have a result, one in time and one late
    await learn(database, [*names(), *facts])
    before = (await figures(reader))["totals"][-1]
    assert (before["received"], before["finished_on_time"], before["finished_late"]) == (5, 1, 1)
    later = NOW + timedelta(days=3)
    for number, agency in ((3, "H42.15"), (4, "H42.101")):
        told = dossier(number, corrected, 5, agency=agency, decided_at=later)
        again = dossier(number, story.READY, 6, agency=agency, ready_at=later)
        await learn(database, [told, again])
    assert (await figures(reader))["totals"][-1] == before
    async with database.sessions() as session:
        rebuilt = await rebuild(session)
        assert rebuilt.before == rebuilt.after
        await session.rollback()


async def test_r_sta_04_the_age_of_the_data_is_shown_while_facts_wait(
    database: Database, reader: httpx.AsyncClient
) -> None:
    await store(await database.pool(), [*names(), *month(1)])
    async with database.sessions.begin() as session:
        await session.execute(text("UPDATE inbox SET received_at = now() - interval '4 minutes'"))
    shown = await figures(reader)
    assert shown["waiting_count"] == len(names()) + len(month(1))
    assert 240 <= shown["age_seconds"] < 300


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


# Three dossiers of 2026: when received, due and ready. The second is carried over from September to October.
FATES = (("09-01", "09-10", "09-10"), ("09-02", "09-20", "10-05"), ("10-01", "10-09", "10-12"))
COLUMNS = ("received", "finished", "finished_on_time", "finished_late", "carried_over")


async def test_r_sta_01_each_period_and_agency_has_its_own_figures(database: Database) -> None:
    facts = names()
    for number, days in enumerate(FATES, start=1):
        received, due, ready = (datetime.fromisoformat(f"2026-{day}T03:00:00Z") for day in days)
        agency = "H42.15" if number == 3 else "H42.101"
        facts += [
            dossier(number, story.RECEIVED, 1, agency=agency, submitted_at=received),
            dossier(number, story.ACCEPTED, 2, agency=agency, accepted_at=received, due_at=due),
            dossier(number, story.READY, 4, agency=agency, ready_at=ready),
        ]
    await learn(database, facts)
    app = create_app(Settings(database_url=database.dsn, profile="thai-nguyen"), database)
    app.state.now = lambda: datetime(2026, 11, 20, 3, tzinfo=UTC)
    shown = {}
    async with client(app) as anybody:
        for period in ("month", "year"):
            answer = (await anybody.get("/api/stats/public", params={"period": period})).json()
            for row in [*answer["rows"], *answer["totals"]]:
                shown[row["period"], row["key"]] = tuple(row[column] for column in COLUMNS)
    assert {key: shown[key] for key in shown if key[1] == "province" and any(shown[key])} == {
        ("2026-09", "province"): (2, 1, 1, 0, 0),
        ("2026-10", "province"): (1, 2, 0, 2, 1),
        ("2026", "province"): (3, 3, 1, 2, 0),
    }
    assert (shown["2026-10", "H42.101"], shown["2026-10", "H42.15"]) == ((0, 1, 0, 1, 1), (1, 1, 0, 1, 0))
    assert shown["2026", "H42"] == (3, 3, 1, 2, 0)


async def test_r_sta_19_overdue_counts_against_the_due_date_and_a_waiting_dossier_is_not_late(
    database: Database, reader: httpx.AsyncClient
) -> None:
    facts, long_ago = names(), NOW - timedelta(days=2)
    for number, due in enumerate(
        (NOW - timedelta(hours=1), NOW - timedelta(hours=1), NOW + timedelta(days=1))
    ):
        facts.append(dossier(number, story.RECEIVED, 1, submitted_at=long_ago))
        facts.append(dossier(number, story.ACCEPTED, 2, accepted_at=long_ago, due_at=due))
    await learn(database, facts)
    assert (await figures(reader))["overdue_now"] == 2
    await learn(database, [dossier(0, story.PAUSED, 3, requested_at=NOW - timedelta(hours=2))])
    assert (await figures(reader))["overdue_now"] == 1


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
    vietnamese = ("Mã", "Tên", "Kỳ", "Từ ngày", "Tiếp nhận", "Tỷ lệ đúng hạn (%)")
    english = ("key", "name", "period", "first", "received", "on_time_percent")
    for lang, sign, half, titles in (("vi", ";", "50,0", vietnamese), ("en", ",", "50.0", english)):
        key, name, period, first, received, share = titles
        answer = await reader.get("/api/stats/public.csv", headers={"Accept-Language": lang})
        assert answer.headers["content-type"].startswith("text/csv")
        assert answer.text.startswith(f"\ufeff{period}{sign}{first}")
        rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=sign))
        found = {row[key]: row for row in rows if row[received] != "0"}
        assert all(len(row) == len(RowOut.model_fields) for row in rows)
        assert found["H42.101"][name] == "Cơ quan H42.101"
        assert found["H42"][share] == half
        assert found["H42"][period] == f"'{found['H42'][first][:7]}"


async def test_dossiers_behind_a_figure_are_for_officers_of_the_agency(database: Database) -> None:
    await learn(database, [*names(), *month(9)])
    app = create_app(Settings(database_url=database.dsn), database)
    async with client(app) as anybody:
        assert (await anybody.get("/api/stats/dossiers")).status_code == 401
    async with client(app, officer("operator")) as outsider:
        assert (await outsider.get("/api/stats/dossiers")).status_code == 403
    async with client(app, officer("agency_head", agency="H42.15")) as head:
        listed = (await head.get("/api/stats/dossiers")).json()
        assert {row["code"].rsplit("-", 2)[0] for row in listed} == {"H42.15"}
    async with client(app, officer("coordinator", agency="H42", scope="province")) as coordinator:
        assert len((await coordinator.get("/api/stats/dossiers")).json()) == 9
