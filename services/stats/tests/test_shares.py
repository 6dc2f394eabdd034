"""Shares of an agency's dossiers, by which it is evaluated."""

from datetime import UTC, datetime, timedelta

import httpx
from common.database import Database
from stats.domain.story import UNKNOWN
from stats.main import create_app
from stats.models import Agency, Dossier, Wait
from stats.settings import Settings
from suite.testing import FreshDatabase, client, officer

AUGUST = datetime(2026, 8, 12, 3, tzinfo=UTC)
DAY = timedelta(days=1)


def dossier(
    number: int, agency: str, channel: str = "online", closing: str | None = None, at: datetime = AUGUST
) -> Dossier:
    place = {**UNKNOWN._asdict(), "agency": agency, "channel": channel}
    closed_at = at + DAY if closing else None
    return Dossier(code=f"{agency}-{number}", received_at=at, closing=closing, closed_at=closed_at, **place)


async def filled(fresh_database: FreshDatabase) -> Database:
    database = await fresh_database("stats")
    place = {"version": 1, "level": "commune", "kind": "committee", "parent": None}
    async with database.sessions.begin() as session:
        session.add(Agency(code="H42.101", name="UBND phường Hoa Lư", name_en="Hoa Lu ward", **place))
        session.add_all(
            [
                dossier(1, "H42.101", closing="early"),
                dossier(2, "H42.101", closing="on_time"),
                dossier(3, "H42.101", closing="late"),
                dossier(4, "H42.101", closing="withdrawn"),
                dossier(5, "H42.101", channel="counter"),
                dossier(6, "H42.101", closing="on_time", at=AUGUST - 60 * DAY),
                dossier(7, "H42.15", at=AUGUST + 80 * DAY),
            ]
        )
        await session.flush()
        session.add(Wait(code="H42.101-5", since_at=AUGUST, until_at=None))
    return database


async def asked(database: Database, **query: str) -> list[dict[str, object]]:
    app = create_app(Settings(database_url=database.dsn), database)
    app.state.now = lambda: datetime(2026, 11, 20, 3, tzinfo=UTC)
    async with client(app, officer("coordinator", agency="H42", scope="province")) as web:
        answer: httpx.Response = await web.get("/api/stats/shares", params=query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, object]] = answer.json()
    return found


async def test_r_sat_04_shares_of_a_quarter_say_of_how_many_dossiers_they_are(
    fresh_database: FreshDatabase,
) -> None:
    database = await filled(fresh_database)
    [here] = await asked(database, period="quarter", day="2026-07-01")
    assert here == {
        "agency": "H42.101",
        "name": "UBND phường Hoa Lư",
        "name_en": "Hoa Lu ward",
        "received": 5,
        "online_percent": 80.0,
        "supplemented_percent": 20.0,
        "finished": 3,
        "in_time_percent": 66.7,
    }


async def test_r_sat_04_a_share_of_nothing_is_none_and_each_period_is_its_own(
    fresh_database: FreshDatabase,
) -> None:
    database = await filled(fresh_database)
    year = {row["agency"]: row for row in await asked(database, period="year", day="2026-01-01")}
    assert (year["H42.101"]["received"], year["H42.101"]["finished"]) == (6, 4)
    assert (year["H42.15"]["received"], year["H42.15"]["in_time_percent"]) == (1, None)
    assert await asked(database, period="quarter", day="2026-01-01") == []
