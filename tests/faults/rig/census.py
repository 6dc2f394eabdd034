"""What a running suite holds, read from the databases of its services behind their backs."""

import asyncio
import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar, NamedTuple

import asyncpg
from common.events import Event
from common.outbox import outbox_values
from pydantic import ConfigDict
from suite.layout import OWNERS
from suite.testing_suites import RunningSuite

from rig.procedure import CODE, announced_procedure

SUBMITTED = "intake.dossier_submitted.v1"
_WAITING = {
    "unpublished": "select count(*) from outbox where published_at is null",
    "unhandled": "select count(*) from inbox where done_at is null and dead_at is null",
    "dead": "select count(*) from inbox where dead_at is not null",
}
# An independent witness: each time an inbox row becomes done, whatever the handler believes.
_WITNESS = """
create table if not exists witness (event_id uuid not null, at timestamptz not null default clock_timestamp());
create or replace function witness_done() returns trigger language plpgsql security definer
  set search_path = public as
  $$ begin insert into witness (event_id) values (new.id); return null; end $$;
create or replace trigger witness after update of done_at on inbox for each row
  when (new.done_at is not null) execute function witness_done();
"""


class Quiet(NamedTuple):
    """How the wait for quiet ended: what is left, what was seen waiting last, and the seconds it took."""

    left: dict[str, int]
    last: dict[str, int]
    seconds: float


class _Published(Event):
    """The catalogue's fact with whatever it carries."""

    model_config = ConfigDict(frozen=True, extra="allow")
    type: ClassVar[str] = "catalog.procedure_published.v1"


@dataclass(frozen=True)
class Suite:
    """The databases of a running suite, as its server's administrator."""

    running: RunningSuite

    async def connect(self, service: str) -> asyncpg.Connection:
        """Open the database of a service."""
        secret = json.loads((self.running.state / "postgres" / "superuser.json").read_text())["password"]
        port = self.running.note["postgres_port"]
        dsn = f"postgresql://postgres:{secret}@127.0.0.1:{port}/{service}"
        return await asyncpg.connect(dsn, timeout=5, command_timeout=30)

    async def fetch(self, service: str, query: str, *given: Any) -> list[asyncpg.Record]:
        """Ask one database one question."""
        connection = await self.connect(service)
        try:
            return await connection.fetch(query, *given)
        finally:
            await connection.close()

    async def install_witness(self) -> None:
        """Let every inbox tell outside of the services how often an event took effect."""
        for service in OWNERS:
            connection = await self.connect(service)
            await connection.execute(_WITNESS)
            await connection.close()

    async def publish(self) -> None:
        """Let the catalogue announce the procedure of the fault tests, and wait until intake has it."""
        told = announced_procedure()
        fact = _Published(
            aggregate_id=told["code"], aggregate_version=1, agency=None, occurred_at=datetime.now(UTC), **told
        )
        row = outbox_values(fact, "catalog")
        connection = await self.connect("catalog")
        await connection.execute(
            "insert into outbox (id, type, routing_key, envelope) values ($1, $2, $3, $4)", *row
        )
        await connection.close()
        async with asyncio.timeout(30):
            while True:
                if await self.fetch("intake", "select 1 from procedure_version where code = $1", CODE):
                    return
                await asyncio.sleep(0.1)

    async def waiting(self) -> dict[str, int]:
        """Count what is on its way or dead, per service and kind; nothing where all is well."""
        found: dict[str, int] = {}
        for service in OWNERS:
            for what, query in _WAITING.items():
                count = (await self.fetch(service, query))[0][0]
                if count:
                    found[f"{service} {what}"] = count
        return found

    async def quiet(self, still: float = 90, longest: float = 600) -> Quiet:
        """Wait until nothing is on its way, or nothing has moved for `still` seconds: that is what stuck means."""
        clock = asyncio.get_running_loop().time
        started = moved = clock()
        last = {"not asked": 1}
        while clock() - moved < still and clock() - started < longest:
            try:
                found = await self.waiting()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError):
                found = {"PostgreSQL away": 1}
            if not found:
                return Quiet({}, last, clock() - started)
            if found != last:
                last, moved = found, clock()
            await asyncio.sleep(0.25)
        return Quiet(last, last, clock() - started)

    async def codes(self) -> list[str]:
        """Return the code of every dossier in intake, of the procedure of the fault tests."""
        rows = await self.fetch("intake", "select code from dossier where procedure_code = $1", CODE)
        return [row[0] for row in rows]

    async def codes_by_key(self) -> dict[str, str]:
        """Return the dossier code that each request key was answered with."""
        rows = await self.fetch(
            "intake", "select key, body->>'code' from idempotency_key where body ? 'code'"
        )
        return {row[0]: row[1] for row in rows}

    async def announced(self) -> list[str]:
        """Return the dossier code of each submission that was announced."""
        query = "select envelope->>'subject' from outbox where type = $1"
        return [row[0] for row in await self.fetch("intake", query, SUBMITTED)]

    async def counted(self) -> list[str]:
        """Return the dossier code of each submission the statistics learnt, once per fact."""
        query = """select d.code from dossier d, jsonb_array_elements(d.facts) fact
            where fact->>'type' = $1 and d.procedure_code = $2"""
        return [row[0] for row in await self.fetch("stats", query, SUBMITTED, CODE)]

    async def told(self) -> list[str]:
        """Return the dossier code of each portal notice, once per notice."""
        query = """select m.dossier_code from message m join delivery d on d.message_id = m.id
            where m.kind = 'dossier_submitted' and d.channel = 'portal'"""
        return [row[0] for row in await self.fetch("notify", query)]

    async def took_effect_twice(self) -> dict[str, int]:
        """Return the events that any service handled more than once, as the witness saw it."""
        twice: Counter[str] = Counter()
        for service in OWNERS:
            rows = await self.fetch(
                service, "select event_id, count(*) from witness group by 1 having count(*) > 1"
            )
            twice.update({f"{service} {row[0]}": row[1] for row in rows})
        return dict(twice)
