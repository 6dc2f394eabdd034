"""A network that cuts, delays and forgets: an unknown outcome is asked again, and what is late is not lost."""

import asyncio
import dataclasses
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx
import pytest
from common.database import Database
from rig.desk import MONDAY_8, DeskService, clock
from rig.ledger import Ledger
from rig.pipeline import RunPlace, parts, settled, tell
from rig.procedure import submission
from suite.testing import FreshDatabase, citizen
from suite.testing.links import Cut, Link, Way

pytestmark = pytest.mark.faults
MakePlace = Callable[[str], Awaitable[RunPlace]]


class FarDesk(NamedTuple):
    """A service whose database is at the other end of a link."""

    desk: DeskService
    link: Link


@pytest.fixture
async def far(fresh_database: FreshDatabase, tmp_path: Path) -> AsyncIterator[FarDesk]:
    near = await fresh_database("intake")
    clock.set(MONDAY_8)
    async with link_to(near.dsn) as link:
        database = Database(link.through(near.dsn))
        desk = DeskService(database, tmp_path)
        await desk.open()
        yield FarDesk(desk, link)
        await database.dispose()


def link_to(url: str) -> Link:
    """Lay a link in front of the place an address names."""
    parts_ = urlsplit(url)
    return Link((parts_.hostname or "", parts_.port or 0))


async def submit(desk: DeskService, matter: str, key: str) -> httpx.Response:
    async with desk.client(citizen()) as web:
        return await web.post(
            "/api/intake/dossiers", json=submission(matter), headers={"Idempotency-Key": key}
        )


async def cut_off(far: FarDesk, matter: str, *, answered: bool) -> httpx.Response:
    """Submit while the connection to the database breaks around the statement that keeps the dossier."""
    far.link.cut = Cut(matter.encode(), answered)
    return await submit(far.desk, matter, matter)


async def test_r12_a_commit_whose_answer_was_lost_is_asked_again_and_is_one_dossier(
    far: FarDesk, fault_seconds: float
) -> None:
    tries, first = 200 if fault_seconds >= 60 else 20, Counter[int]()
    for number in range(tries):
        matter = f"viec-{number:04d}"
        first[(await cut_off(far, matter, answered=number % 2 == 0)).status_code] += 1
        far.link.cut = None
        answer = await submit(far.desk, matter, matter)
        assert answer.status_code == 201, answer.text
    assert far.link.cuts == tries, "the link never broke"
    assert await far.desk.count("dossier") == await far.desk.count("outbox") == tries
    assert set(first) <= {201, 503}, first
    print(f"{tries} commits cut, first answers {dict(first)}: {tries} dossiers, {tries} facts")


async def test_r12_a_repeat_under_another_key_would_be_a_second_dossier(far: FarDesk) -> None:
    answer = await cut_off(far, "viec-x", answered=True)
    assert answer.status_code == 503, "the service hid the lost answer, and the control proves nothing"
    assert await far.desk.count("dossier") == 1
    assert (await submit(far.desk, "viec-x", "another")).status_code == 201
    assert await far.desk.count("dossier") == 2


async def told(place: RunPlace, first: int, count: int = 12) -> None:
    """Commit and acknowledge some facts."""
    ledger = Ledger(place.ledger)
    for number in range(first, first + count):
        ledger.sent(f"n{number:04d}")
    await tell(place)


async def test_a_slow_link_makes_events_late_and_loses_none(make_place: MakePlace, carrier_name: str) -> None:
    place = await make_place(carrier_name)
    async with (
        link_to(place.sender) as one,
        link_to(place.reader) as two,
        link_to(place.amqp_url or place.reader) as three,
    ):
        one.delay = two.delay = three.delay = 0.03
        slow = dataclasses.replace(
            place,
            sender=one.through(place.sender),
            reader=two.through(place.reader),
            amqp_url=place.amqp_url and three.through(place.amqp_url),
        )
        with parts(slow, "relaying", "reading"):
            await told(place, 0)
            verdict = await settled(place)
        assert verdict.clean, str(verdict)
        assert one.came
        assert two.came


@pytest.mark.broker
@pytest.mark.parametrize("way", ["back", pytest.param("there", marks=pytest.mark.slow)])
async def test_r18_a_broker_that_is_no_longer_heard_is_left_and_nothing_is_lost(
    make_place: MakePlace, way: Way
) -> None:
    place = await make_place("rabbitmq")
    async with link_to(place.amqp_url) as link:
        with parts(dataclasses.replace(place, amqp_url=link.through(place.amqp_url)), "relaying", "reading"):
            await told(place, 0)
            assert (await settled(place)).clean
            deaf, began = link.deafen(way), time.monotonic()
            assert deaf == len(link.came) >= 2, "the teller and the reader each hold a connection"
            await told(place, 12)
            async with asyncio.timeout(40):
                while len(link.came) < 2 * deaf:  # noqa: ASYNC110 - what comes to a socket sets no event
                    await asyncio.sleep(0.1)
            verdict = await settled(place)
    assert verdict.clean, str(verdict)
    back = [at - began for at in link.came[deaf:]]
    assert len(back) >= deaf
    assert back[deaf - 1] <= 30, back
    print(f"deaf {way}: {deaf} connections, new ones after {[round(at, 1) for at in back]} s")
