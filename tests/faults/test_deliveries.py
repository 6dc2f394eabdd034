"""Every message three times in any order, and a poison message among a thousand: the rest takes effect once."""

import asyncio
import dataclasses
import random
import uuid
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from common import inbox
from common.carriers import Outbound
from common.database import Database
from common.handling import InboxHandler
from common.inbox import Arrival
from common.outbox import OutboxRow, outbox_values
from intake import events
from intake.events import DossierEvent
from procedures import Appointment, Charge
from rig import crash
from rig.desk import MONDAY_8
from rig.ledger import Ledger
from rig.pipeline import KILLER, POISON, RunPlace, census, kept_alive, parts, settled, tell_all
from rig.procedure import AGENCY, CODE
from sqlalchemy import text
from stats.subscribers import subscriptions
from stats.usecases.rebuild import content_hash
from suite.testing import FreshDatabase

pytestmark = pytest.mark.faults
MakePlace = Callable[[str], Awaitable[RunPlace]]
CHUNK = 150


async def told(place: RunPlace, names: list[str]) -> None:
    """Commit facts under these names, in this order, and acknowledge them."""
    ledger, database = Ledger(place.ledger), Database(place.sender)
    await tell_all(database, names)
    for name in names:
        ledger.sent(name)
        ledger.acknowledged(name, name)
    await database.dispose()


async def deliver_thrice(place: RunPlace, dice: random.Random) -> None:
    """Hand every outbox row to the carrier three times, shuffled over the whole lot, then mark all as published."""
    connection = await asyncpg.connect(place.sender)
    rows = await connection.fetch("select id, type, routing_key, envelope::text from outbox")
    messages = [Outbound(*row) for row in rows] * 3
    dice.shuffle(messages)
    carrier = place.make_carrier()
    carrier.caught_up(carrier.reachable() or ())
    for start in range(0, len(messages), CHUNK):
        chunk = messages[start : start + CHUNK]
        delivered: set[uuid.UUID] = set((await carrier.deliver(chunk)).done)
        assert delivered == {message.id for message in chunk}
    await carrier.close()
    await connection.execute("update outbox set published_at = clock_timestamp()")
    await connection.close()


async def test_every_message_three_times_and_shuffled_takes_effect_once(
    make_place: MakePlace, carrier_name: str, seed: int
) -> None:
    place = await make_place(carrier_name)
    await told(place, [f"n{number:04d}" for number in range(500)])
    with parts(place, "reading"):
        await deliver_thrice(place, random.Random(seed))
        verdict = await settled(place)
    assert verdict.clean, str(verdict)
    assert verdict.effects == 500
    print(f"{carrier_name}, seed {seed}: 1,500 shuffled deliveries → {verdict}")


async def test_without_the_inbox_the_same_deliveries_are_seen_as_duplicates(
    make_place: MakePlace, carrier_name: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = dataclasses.replace(await make_place(carrier_name), sabotage="keeps no inbox")
    await told(place, [f"n{number:04d}" for number in range(100)])
    monkeypatch.setattr("common.carriers.postgres.store", crash.store_as_new)
    with parts(place, "reading"):
        await deliver_thrice(place, random.Random(seed))
        await arrived(place, 300)
        verdict = await settled(place)
    assert len(verdict.repeated) == 100, str(verdict)
    print(f"negative control on {carrier_name}: 300 deliveries without inbox → {verdict}")


async def arrived(place: RunPlace, count: int) -> None:
    """Wait until this many effects are there."""
    async with asyncio.timeout(30):
        while True:
            if len((await census(place))[0]) >= count:
                return
            await asyncio.sleep(0.05)


async def test_a_poison_message_among_a_thousand_hurts_only_itself(
    make_place: MakePlace, carrier_name: str, seed: int
) -> None:
    place = await make_place(carrier_name)
    names = [f"n{number:04d}" for number in range(999)]
    names.insert(random.Random(seed).randrange(1000), POISON)
    await told(place, names)
    reader = Database(place.reader)
    with parts(place, "relaying", "reading"):
        verdict = await settled(place, dead=1)
        assert (verdict.lost, verdict.effects, verdict.repeated, verdict.stuck) == ({POISON}, 999, {}, {})
        letters = await inbox.dead(reader)
        assert [(letter.aggregate_id, letter.attempts) for letter in letters] == [(POISON, 3)]
        assert letters[0].error.startswith("builtins.ValueError")
        async with reader.sessions.begin() as session:
            await session.execute(text("insert into mended values ('now')"))
        assert await inbox.redrive(reader) == 1
        healed = await settled(place)
    await reader.dispose()
    assert healed.clean, str(healed)
    assert healed.effects == 1000
    print(
        f"{carrier_name}, poison among 1,000: 999 effects, 1 dead ({letters[0].error}); redriven → {healed}"
    )


async def test_a_message_that_ends_its_process_hurts_only_itself(
    make_place: MakePlace, carrier_name: str, seed: int
) -> None:
    place = await make_place(carrier_name)
    names = [f"n{number:04d}" for number in range(299)]
    names.insert(random.Random(seed).randrange(300), KILLER)
    await told(place, names)

    async def all_done() -> bool:
        effects, stuck = await census(place)
        return stuck["dead"] == 1 and len(effects) == 299

    with parts(place, "relaying"):
        deaths = await kept_alive("reading", place, all_done)
        verdict = await settled(place, dead=1)
    assert (verdict.lost, verdict.repeated, verdict.stuck) == ({KILLER}, {}, {})
    assert deaths >= 2
    print(f"{carrier_name}, a message that ended its process {deaths} times: 299 effects, 1 dead")


def life_of(number: int) -> Iterator[DossierEvent]:
    """Tell the life of one dossier, from submission to hand-over."""
    begun = MONDAY_8 + timedelta(minutes=number)
    common = {
        "code": f"{AGENCY}-261207-{number:04d}",
        "owner_id": "a",
        "submitter_id": "a",
        "procedure_code": CODE,
        "procedure_version": 1,
        "field": "G15-TP07",
        "channel": "online",
        "place_of_help": None,
        "receiving_point": AGENCY,
        "competent_agency": AGENCY,
        "state": "submitted",
        "agency": AGENCY,
    }
    checks = dict.fromkeys(("verified_identity", "digitised", "reused", "from_vault", "paid_online"), False)

    def base(version: int) -> dict[str, Any]:
        at = begun + timedelta(hours=version)
        return {**common, "aggregate_id": common["code"], "aggregate_version": version, "occurred_at": at}

    due = begun + timedelta(days=3)
    yield events.DossierSubmitted(**base(1), submitted_at=begun, check_due_at=due, **checks)
    yield events.DossierSupplementRequested(
        **base(2), number=1, requested_at=base(2)["occurred_at"], answer_by_on=due.date()
    )
    yield events.DossierResubmitted(**base(3), resubmitted_at=base(3)["occurred_at"], check_due_at=due)
    yield events.DossierAccepted(
        **base(4),
        submitted_at=begun,
        accepted_at=base(4)["occurred_at"],
        due_at=due,
        unit="u",
        result_channel="online",
        appointment=Appointment(None, None, Charge(), ()),
    )
    yield events.DossierReturned(**base(5), returned_at=base(5)["occurred_at"], way="online")


async def test_the_figures_are_the_same_however_often_and_in_whatever_order_facts_arrive(
    fresh_database: FreshDatabase, seed: int
) -> None:
    facts = [outbox_values(fact, "intake") for number in range(40) for fact in life_of(number)]
    shuffled = facts * 3
    random.Random(seed).shuffle(shuffled)
    golden, tested = [await figures(await fresh_database("stats"), told) for told in (facts, shuffled)]
    assert golden == tested
    assert golden != await figures(await fresh_database("stats"), facts[:-1])  # the hash can tell


async def figures(database: Database, told: list[OutboxRow]) -> str:
    """Let facts arrive at the statistics in this order, a few at a time, and return the hash of the figures."""
    pool, handler = await database.pool(), InboxHandler(database, subscriptions())
    for start in range(0, len(told), 20):
        await inbox.store(pool, [Arrival(r.id, r.type, r.envelope_json) for r in told[start : start + 20]])
        await handler.one_pass()
    assert await pool.fetchval("select count(*) from inbox where done_at is null") == 0
    async with database.sessions() as session:
        return await content_hash(session)
