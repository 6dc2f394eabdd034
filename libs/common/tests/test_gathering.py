"""Requests that come together share a trip; the one at fault gets the error alone."""

import asyncio
from contextvars import ContextVar

import pytest
from common.gathering import Gathering


class Ferry:
    """Doubles numbers, holds every trip until it is let go, and sinks under a zero."""

    def __init__(self) -> None:
        self.trips: list[list[int]] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def sail(self, load):
        self.trips.append(list(load))
        await self.gate.wait()
        if 0 in load:
            raise ValueError("zero on board")
        return [2 * number for number in load]


async def test_who_comes_alone_travels_alone_and_at_once():
    ferry = Ferry()
    gathering = Gathering(ferry.sail)
    assert [await gathering.send(1), await gathering.send(2)] == [2, 4]
    assert ferry.trips == [[1], [2]]


async def test_who_comes_while_all_lanes_are_out_shares_the_next_trip_in_order():
    ferry = Ferry()
    ferry.gate.clear()
    gathering = Gathering(ferry.sail, lanes=1, most=3)
    first = asyncio.create_task(gathering.send(1))
    await asyncio.sleep(0.01)
    others = [asyncio.create_task(gathering.send(number)) for number in (2, 3, 4, 5)]
    await asyncio.sleep(0.01)
    ferry.gate.set()
    assert await asyncio.gather(first, *others) == [2, 4, 6, 8, 10]
    assert ferry.trips == [[1], [2, 3, 4], [5]]


async def test_two_lanes_are_out_at_the_same_time():
    ferry = Ferry()
    ferry.gate.clear()
    gathering = Gathering(ferry.sail, lanes=2)
    tasks = []
    for number in (1, 2, 3):
        tasks.append(asyncio.create_task(gathering.send(number)))
        await asyncio.sleep(0.01)
    assert ferry.trips == [[1], [2]]
    ferry.gate.set()
    assert await asyncio.gather(*tasks) == [2, 4, 6]


async def test_one_at_fault_does_not_take_the_others_down():
    ferry = Ferry()
    gathering = Gathering(ferry.sail, lanes=1, divided_by=(ValueError,))
    answers = await asyncio.gather(*(gathering.send(n) for n in (1, 0, 2)), return_exceptions=True)
    assert answers[0] == 2
    assert isinstance(answers[1], ValueError)
    assert answers[2] == 4
    assert ferry.trips == [[1, 0, 2], [1], [0], [2]]


async def test_a_fault_of_the_trip_itself_reaches_everybody_once():
    ferry = Ferry()
    gathering = Gathering(ferry.sail, lanes=1, divided_by=(KeyError,))
    answers = await asyncio.gather(*(gathering.send(n) for n in (1, 0, 2)), return_exceptions=True)
    assert [type(answer) for answer in answers] == [ValueError] * 3
    assert ferry.trips == [[1, 0, 2]]
    assert await gathering.send(4) == 8


async def test_who_leaves_stops_nobody():
    ferry = Ferry()
    ferry.gate.clear()
    gathering = Gathering(ferry.sail, lanes=1)
    leaving, staying = asyncio.create_task(gathering.send(1)), asyncio.create_task(gathering.send(2))
    await asyncio.sleep(0.01)
    leaving.cancel()
    ferry.gate.set()
    assert await staying == 4
    with pytest.raises(asyncio.CancelledError):
        await leaving


async def test_a_trip_carries_the_context_of_none_of_its_passengers():
    person: ContextVar[str] = ContextVar("person", default="nobody")
    seen: list[str] = []

    async def look(load):
        seen.append(person.get())
        return load

    person.set("Ánh")
    assert await Gathering(look).send(1) == 1
    assert seen == ["nobody"]
