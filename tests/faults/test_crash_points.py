"""Each process on the way of an event ends itself at each point of it: nothing lost, nothing twice."""

import dataclasses
from collections.abc import Awaitable, Callable

import pytest
from rig import crash
from rig.ledger import Ledger, Verdict
from rig.pipeline import RunPlace, ended, parts, settled, start, tell

pytestmark = pytest.mark.faults
FACTS = 30  # a round
MakePlace = Callable[[str], Awaitable[RunPlace]]
AT_POINTS = [(part, point) for part, points in crash.POINTS.items() for point in points]
CONTROLS = [
    ("marks published before publishing", "relaying", "claimed"),
    ("acknowledges before the effect", "reading", "handled"),
    ("keeps no inbox", "relaying", "published"),
]


async def played(place: RunPlace, part: str, point: str, rounds: int = 2, seconds: float = 30) -> Verdict:
    """Tell some facts per round; one part ends itself at a point in each, and at last is left in peace."""
    ledger, after = Ledger(place.ledger), FACTS // 2 if part == "telling" else 1
    with parts(place, *(name for name in ("relaying", "reading") if name != part)):
        for number in range(rounds):
            for name in range(FACTS):
                ledger.sent(f"n{number}-{name:03d}")
            if part != "telling":
                await tell(place)
            broken = start(part, dataclasses.replace(place, crash=point, after=after))
            assert await ended(broken) == crash.CRASHED, f"{part} never passed “{point}”"
        if part == "telling":
            await tell(place)
            return await settled(place, seconds)
        with parts(place, part):
            return await settled(place, seconds)


@pytest.mark.parametrize(("part", "point"), AT_POINTS, ids=lambda value: value.replace(" ", "-"))
async def test_a_process_that_ends_at_a_point_loses_and_repeats_nothing(
    make_place: MakePlace, carrier_name: str, part: str, point: str
) -> None:
    verdict = await played(await make_place(carrier_name), part, point)
    assert verdict.clean, f"{carrier_name}, {part} ended at “{point}”: {verdict}"
    assert verdict.acknowledged == verdict.effects == 2 * FACTS


@pytest.mark.broker
@pytest.mark.parametrize("point", crash.RECEIVER_POINTS)
async def test_a_receiver_that_ends_around_its_inbox_loses_and_repeats_nothing(
    make_place: MakePlace, point: str
) -> None:
    verdict = await played(await make_place("rabbitmq"), "reading", point)
    assert verdict.clean, f"the receiver ended at “{point}”: {verdict}"


@pytest.mark.parametrize(("sabotage", "part", "point"), CONTROLS, ids=lambda value: value.replace(" ", "-"))
async def test_the_rig_sees_what_a_broken_process_does(
    make_place: MakePlace, carrier_name: str, sabotage: str, part: str, point: str
) -> None:
    place = dataclasses.replace(await make_place(carrier_name), sabotage=sabotage)
    verdict = await played(place, part, point, rounds=1, seconds=4)
    assert not verdict.clean
    found = verdict.repeated if sabotage == "keeps no inbox" else verdict.lost
    assert found, f"{sabotage}: {verdict}"
    print(f"negative control on {carrier_name}: a part that {sabotage} → {verdict}")
