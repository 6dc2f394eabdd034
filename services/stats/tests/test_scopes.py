"""Who sees which dossiers behind a figure: own, unit, agency, the agencies below, province."""

import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from common.database import Database
from common.handling import InboxHandler
from common.inbox import Arrival, store
from common.security import Caller
from sqlalchemy import text
from stats.domain import story
from stats.main import create_app
from stats.settings import Settings
from stats.subscribers import subscriptions
from stats.usecases.rebuild import rebuild
from suite.check.shapes import fact
from suite.testing import FreshDatabase, client, officer

NOW = datetime.now(UTC).replace(microsecond=0)
DEPARTMENT, CENTRE, BELOW = "H42.15", "H42.99", "H42.15.03"
# Number of the dossier: where it was received, who settles it, in which unit, in whose hands.
HELD = {
    1: (DEPARTMENT, DEPARTMENT, "land", "an"),
    2: (DEPARTMENT, DEPARTMENT, "land", "binh"),
    3: (DEPARTMENT, DEPARTMENT, "land", None),
    4: (DEPARTMENT, DEPARTMENT, "water", "chi"),
    5: (DEPARTMENT, DEPARTMENT, "water", None),
    6: (CENTRE, DEPARTMENT, "land", "an"),
    7: (BELOW, BELOW, "land", "dung"),
    8: (CENTRE, CENTRE, "land", "an"),
    9: (DEPARTMENT, DEPARTMENT, None, None),
}


def code_of(number: int) -> str:
    return f"{HELD[number][0]}-261121-{number:04}"


def told(number: int, type_: str, version: int, **own: Any) -> Arrival:
    received, settles, *_ = HELD[number]
    place = {
        "receiving_point": received,
        "competent_agency": settles,
        "field": "dat-dai",
        "channel": "online",
        "procedure_code": "1.001193",
    }
    known = {} if type_.startswith("processing.") else place
    id_, code = uuid.uuid4(), code_of(number)
    whole = {
        "specversion": "1.0",
        "id": str(id_),
        "source": "motcua/test",
        "type": type_,
        "subject": code,
        "time": NOW.isoformat(),
        "agency": None,
        "aggregateversion": version,
        "data": fact(type_, {"code": code, **known, **own}),
    }
    return Arrival(id_, type_, json.dumps(whole))


def at(hours: int) -> str:
    return (NOW + timedelta(hours=hours)).isoformat()


def in_hands(number: int, version: int, unit: str, officer_id: str | None, *, hours: int = 0) -> Arrival:
    type_ = story.ASSIGNED if officer_id else story.OPENED
    return told(number, type_, version, unit=unit, officer_id=officer_id, occurred_at=at(hours))


def everything() -> list[Arrival]:
    """Return the facts of all dossiers, each opened in its unit and then given to its officer."""
    facts = []
    for number, (_, _, unit, holder) in HELD.items():
        facts.append(told(number, story.RECEIVED, 1, submitted_at=at(0), check_due_at=at(8)))
        if unit:
            facts.append(in_hands(number, 1, unit, None))
        if unit and holder:
            facts.append(in_hands(number, 2, unit, holder))
    return facts


async def learn(database: Database, arrivals: list[Arrival]) -> None:
    await store(await database.pool(), arrivals)
    handler = InboxHandler(database, subscriptions())
    while await handler.one_pass():
        pass


@pytest.fixture
async def database(fresh_database: FreshDatabase) -> Database:
    return await fresh_database("stats")


@asynccontextmanager
async def reading(database: Database, caller: Caller) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(Settings(database_url=database.dsn), database)
    async with client(app, caller) as opened:
        yield opened


async def listed(database: Database, caller: Caller, **query: str) -> set[int]:
    async with reading(database, caller) as web:
        answer = await web.get("/api/stats/dossiers", params=query)
    assert answer.status_code == 200, answer.text
    return {int(row["code"].rsplit("-", 1)[1]) for row in answer.json()}


def specialist(
    scope: str, subject: str = "an", agency: str = DEPARTMENT, unit: str | None = "land"
) -> Caller:
    return officer("specialist", agency=agency, unit=unit, scope=scope, subject=subject)


@pytest.mark.parametrize(
    ("caller", "seen"),
    [
        (specialist("own"), {1, 3, 6}),
        (specialist("own", "chi", unit="water"), {4, 5}),
        (specialist("own", unit=None), {1, 6}),
        (specialist("own", "dung", BELOW), {7}),
        (specialist("unit"), {1, 2, 3, 6}),
        (specialist("agency"), {1, 2, 3, 4, 5, 6, 9}),
        (specialist("sub_tree"), {1, 2, 3, 4, 5, 6, 7, 9}),
        (officer("agency_head", agency=CENTRE, scope="agency"), {6, 8}),
        (officer("desk_officer", agency=CENTRE, unit="land", scope="unit", subject="em"), {6, 8}),
        (officer("coordinator", agency="H42", scope="province"), set(HELD)),
        (officer("coordinator", agency="H42", scope="own", subject="an"), set()),
    ],
)
async def test_r_acc_18_the_dossiers_behind_a_figure_are_those_the_scope_reaches(
    database: Database, caller: Caller, seen: set[int]
) -> None:
    await learn(database, everything())
    assert await listed(database, caller) == seen


async def test_r_acc_18_an_agency_that_is_asked_for_narrows_the_list_and_never_widens_it(
    database: Database,
) -> None:
    await learn(database, everything())
    assert await listed(database, specialist("own"), agency=CENTRE) == {6}
    assert await listed(database, specialist("agency"), agency=BELOW) == set()
    coordinator = officer("coordinator", agency="H42", scope="province")
    assert await listed(database, coordinator, agency=BELOW) == {7}


async def test_a_dossier_follows_the_hands_it_goes_through_in_whatever_order_they_are_told(
    database: Database,
) -> None:
    moved = [
        in_hands(1, 3, "land", "binh", hours=1),
        told(1, story.STEP_ENDED, 4, unit="water", officer_id=None, occurred_at=at(2)),
        in_hands(1, 5, "water", "chi", hours=3),
    ]
    await learn(database, [*everything(), moved[2]])
    await learn(database, [moved[1], moved[0]])
    assert 1 in await listed(database, specialist("own", "chi", unit="water"))
    for earlier in ("an", "binh"):
        assert 1 not in await listed(database, specialist("own", earlier))


async def test_whose_hands_a_dossier_is_in_is_counted_again_from_the_kept_facts(database: Database) -> None:
    await learn(database, everything())
    async with database.sessions.begin() as session:
        await session.execute(text("UPDATE dossier SET officer_id = 'chi', unit = 'water'"))
        mended = await rebuild(session)
        assert mended.before != mended.after
    assert await listed(database, specialist("own")) == {1, 3, 6}


async def test_a_fact_kept_before_it_named_the_hands_learns_them_when_it_is_told_again(
    database: Database,
) -> None:
    ready = {"ready_at": at(4), "unit": "land", "officer_id": "an"}
    await learn(database, [*everything(), told(1, story.READY, 3, **ready)])
    async with database.sessions.begin() as session:
        await session.execute(text("DELETE FROM fact WHERE type NOT IN (:kept, :first)"), KEPT)
        await session.execute(text("UPDATE fact SET unit = NULL, officer_id = NULL"))
        await rebuild(session)
    assert await listed(database, specialist("own")) == set()
    await learn(database, [told(1, story.READY, 3, **ready)])
    assert await listed(database, specialist("own")) == {1}


KEPT = {"kept": story.READY, "first": story.RECEIVED}
