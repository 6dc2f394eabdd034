"""Files are looked into a few at a time: in bounded queues, and whose take long delay only the own ones."""

import asyncio
import threading
import time

import pytest
from files.inspection.cell import YIELDS
from files.receiving import Reception
from files.refusals import FileFacts
from files.turns import FilesBusyError, Turns

SLOW = 0.05


async def settled() -> None:
    """Let everybody who was begun come to the queue."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_whoever_took_least_is_next_however_many_of_somebody_else_wait():
    turns, done = Turns(at_once=1), []

    def work(who: str) -> None:
        time.sleep(SLOW if who == "flood" else 0)
        done.append(who)

    flood = [asyncio.create_task(turns.run("flood", lambda: work("flood"))) for _ in range(6)]
    await settled()
    honest = asyncio.create_task(turns.run("honest", lambda: work("honest")))
    await asyncio.gather(*flood, honest)
    assert done.index("honest") == 1, done


async def test_of_one_sender_so_many_wait_and_the_rest_is_told_at_once():
    turns, gate = Turns(at_once=1, share=2), threading.Event()
    held = [asyncio.create_task(turns.run("a", gate.wait)) for _ in range(3)]
    await settled()
    with pytest.raises(FilesBusyError) as busy:
        await turns.run("a", gate.wait)
    assert busy.value.status == 503
    other = asyncio.create_task(turns.run("b", lambda: True))
    await settled()
    gate.set()
    assert await asyncio.gather(*held, other) == [True] * 4
    assert await turns.run("a", lambda: "free again") == "free again"


async def test_in_a_full_queue_whoever_took_most_makes_room():
    turns, gate = Turns(at_once=1, most=2), threading.Event()
    await turns.run("flood", lambda: time.sleep(SLOW))
    flood = [asyncio.create_task(turns.run("flood", gate.wait)) for _ in range(3)]
    await settled()
    honest = asyncio.create_task(turns.run("honest", lambda: True))
    await settled()
    gate.set()
    told = await asyncio.gather(*flood, honest, return_exceptions=True)
    assert [type(one) for one in told] == [bool, bool, FilesBusyError, bool]


async def test_who_gives_up_waiting_leaves_no_turn_taken():
    turns, gate = Turns(at_once=1), threading.Event()
    running = asyncio.create_task(turns.run("a", gate.wait))
    await settled()
    waiting = asyncio.create_task(turns.run("b", gate.wait))
    await settled()
    waiting.cancel()
    running.cancel()
    gate.set()
    await asyncio.gather(waiting, running, return_exceptions=True)
    assert await asyncio.wait_for(turns.run("c", lambda: "mine"), 5) == "mine"


class SlowInspector:
    """Takes long for every file."""

    def __init__(self) -> None:
        self.gate = threading.Event()

    def inspect(self, data: bytes) -> FileFacts:
        """Wait until the test lets go."""
        self.gate.wait(10)
        return FileFacts(None, complex=True)

    def rendition(self, data: bytes) -> bytes | None:
        """Make none."""
        return None


async def test_threads_that_others_need_are_free_while_files_are_looked_into():
    inspector = SlowInspector()
    reception = Reception(inspector, scanner=None, store=None)  # type: ignore[arg-type]
    flood = [
        asyncio.create_task(reception.take("a.pdf", b"x", (), by=f"{who}"))
        for who in range(12)
        for _ in range(2)
    ]
    await settled()
    assert await asyncio.wait_for(asyncio.to_thread(lambda: "an index is built"), 2)
    inspector.gate.set()
    assert len(await asyncio.gather(*flood, return_exceptions=True)) == 24
    assert YIELDS > 0
