"""Processes that stood still, whose clock is wrong, or whose database went back in time: nobody acts twice."""

import asyncio
import dataclasses
import os
import signal
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess

import asyncpg
import psutil
import pytest
from common import outbox
from common.database import Database
from rig.ledger import Ledger, Verdict
from rig.pipeline import READER, RunPlace, ahead, census, parts, settled, start, tell

pytestmark = pytest.mark.faults
MakePlace = Callable[[str], Awaitable[RunPlace]]
FACTS = 12
HELD = [("relaying", "published"), ("relaying", "marked"), ("reading", "handled"), ("reading", "done")]


async def told(place: RunPlace, first: int) -> None:
    """Commit and acknowledge some facts."""
    ledger = Ledger(place.ledger)
    for number in range(first, first + FACTS):
        ledger.sent(f"n{number:04d}")
    await tell(place)


async def stands_still(process: BaseProcess) -> None:
    """Wait until a process has stopped itself."""
    assert process.pid is not None
    deadline = time.monotonic() + 20
    while psutil.Process(process.pid).status() != psutil.STATUS_STOPPED:
        assert time.monotonic() < deadline, "it never came to its point"
        await asyncio.sleep(0.02)


async def played(place: RunPlace, part: str, point: str) -> Verdict:
    """Let one process freeze with work in hand, another take it over, and the first wake up."""
    other = "reading" if part == "relaying" else "relaying"
    await told(place, 0)
    with parts(place, other):
        frozen = start(part, dataclasses.replace(place, crash=point, freezes=True))
        try:
            await stands_still(frozen)
            with parts(place, part):
                taken_over = await settled(place)
                assert taken_over.effects >= FACTS, f"nobody took over: {taken_over}"
                assert frozen.pid is not None
                os.kill(frozen.pid, signal.SIGCONT)
                await told(place, 1000)
                return await settled(place)
        finally:
            frozen.kill()
            frozen.join(5)


@pytest.mark.parametrize(("part", "point"), HELD, ids=lambda value: value)
async def test_r13_a_process_that_stood_still_while_another_took_over_does_nothing_twice(
    make_place: MakePlace, part: str, point: str
) -> None:
    verdict = await played(await make_place("postgres"), part, point)
    assert verdict.clean, f"{part} frozen at “{point}”: {verdict}"
    assert verdict.effects == 2 * FACTS


async def test_r13_without_the_inbox_the_work_of_both_counts(make_place: MakePlace) -> None:
    place = dataclasses.replace(await make_place("postgres"), sabotage="keeps no inbox")
    verdict = await played(place, "relaying", "published")
    assert verdict.repeated, str(verdict)


@pytest.mark.parametrize("by", ["+1h", "-1h"])
async def test_r38_a_machine_whose_clock_is_an_hour_off_tells_and_hears_like_any_other(
    make_place: MakePlace, carrier_name: str, by: str
) -> None:
    place = await make_place(carrier_name)
    other = {"+1h": "relaying", "-1h": "reading"}[by]
    right = "reading" if other == "relaying" else "relaying"
    with parts(place, right), ahead(place, by, other):
        await told(place, 0)
        verdict = await settled(place, seconds=60)
    assert verdict.clean, str(verdict)
    assert verdict.effects == FACTS


async def went_back(place: RunPlace, name: str, to: str) -> None:
    """Put an earlier copy of the reader's database in its place."""
    server = await asyncpg.connect(place.reader.rpartition("/")[0] + "/postgres")
    await server.execute(f"drop database {name} with (force)")
    await server.execute(f"create database {name} template {to}")
    await server.execute(f"drop database {to}")
    await server.close()


async def test_r32_a_reader_restored_alone_is_told_again_what_it_forgot(make_place: MakePlace) -> None:
    place = await make_place("postgres")
    name = place.reader.rpartition("/")[2]
    with parts(place, "relaying", "reading"):
        await told(place, 0)
        assert (await settled(place)).clean
    server = await asyncpg.connect(place.reader.rpartition("/")[0] + "/postgres")
    await server.execute(f"create database {name}_kept template {name}")
    await server.close()
    kept_at = datetime.now(UTC)
    with parts(place, "relaying", "reading"):
        await told(place, 1000)
        assert (await settled(place)).clean
        assert len((await census(place))[0]) == 2 * FACTS
    await went_back(place, name, f"{name}_kept")
    lost = await settled(place, seconds=0)
    assert len(lost.lost) == FACTS, f"nothing was forgotten, so nothing is proved: {lost}"
    sender = Database(place.sender)
    again = await outbox.replay(sender, since=kept_at - timedelta(minutes=10), to=READER)
    await sender.dispose()
    with parts(place, "relaying", "reading"):
        verdict = await settled(place)
    assert verdict.clean, str(verdict)
    assert (again, verdict.effects) == (2 * FACTS, 2 * FACTS)
