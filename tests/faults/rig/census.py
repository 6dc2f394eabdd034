"""What a running suite holds, read from the databases of its services behind their backs."""

import asyncio
import json
import uuid
from collections import Counter
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from typing import Any, NamedTuple

import asyncpg
from common.files import FileStore
from common.outbox import outbox_values
from suite.run.layout import OWNERS, listens
from suite.testing.suites import RunningSuite

from rig.procedure import CODE, announced_procedure

SUBMITTED = "intake.dossier_submitted.v1"
# What may be left to do: table and condition, in every service and in some.
_OPEN = {
    "unpublished": ("outbox", "published_at is null"),
    "unhandled": ("inbox", "done_at is null and dead_at is null"),
}
_OWN = {
    "intake": {"papers unsigned": ("document", "state = 'pending' and must_sign")},
    "notify": {"notices unsent": ("delivery", "state in ('queued', 'sending')")},
}
_DEAD = "select 'dead', count(*), 0 from inbox where dead_at is not null"
# A notice that was being sent when its process died is taken up ten minutes later, one that failed after a while.
_LATER = """update delivery set next_attempt_at = least(next_attempt_at, clock_timestamp() - interval '11 minutes')
    where state in ('queued', 'sending')"""
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
    """How the wait for quiet ended: what is left, what was seen waiting last, and seconds it took and stood still."""

    left: dict[str, int]
    last: dict[str, int]
    seconds: float
    stillest: float


@dataclass(frozen=True)
class Suite:
    """The databases of a running suite, as its server's administrator."""

    running: RunningSuite

    async def connect(self, service: str) -> asyncpg.Connection:
        """Open the database of a service."""
        return await asyncpg.connect(self.dsn(service), timeout=5, command_timeout=30)

    def dsn(self, service: str) -> str:
        """Return the address of a service's database, for the administrator."""
        secret = json.loads((self.running.state / "postgres" / "superuser.json").read_text())["password"]
        return f"postgresql://postgres:{secret}@127.0.0.1:{self.running.note['postgres_port']}/{service}"

    @property
    def files_url(self) -> str:
        """Return where the suite keeps its files."""
        return (self.running.state / "files").as_uri()

    async def fetch(self, service: str, query: str, *given: Any) -> list[asyncpg.Record]:
        """Ask one database one question."""
        connection = await self.connect(service)
        try:
            return await connection.fetch(query, *given)
        finally:
            await connection.close()

    async def run(self, service: str, statements: str) -> None:
        """Let one database do something."""
        connection = await self.connect(service)
        try:
            await connection.execute(statements)
        finally:
            await connection.close()

    async def install_witness(self) -> None:
        """Let every inbox tell outside of the services how often an event took effect."""
        for service in OWNERS:
            await self.run(service, _WITNESS)

    async def publish(self) -> None:
        """Let the catalogue announce the procedure of the fault tests, and wait until intake has it."""
        row = outbox_values(announced_procedure(), "catalog")
        await self.fetch(
            "catalog", "insert into outbox (id, type, routing_key, envelope) values ($1, $2, $3, $4)", *row
        )
        async with asyncio.timeout(30):
            while True:
                if await self.fetch("intake", "select 1 from procedure_version where code = $1", CODE):
                    return
                await asyncio.sleep(0.1)

    async def waiting(self) -> tuple[dict[str, int], int]:
        """Count what is left to do or dead, per service and kind, and how much is done for good in all."""
        found: dict[str, int] = {}
        done = 0
        for service in OWNERS:
            for what, left, finished in await self.fetch(service, _standing(service)):
                done += finished
                if left:
                    found[f"{service} {what}"] = left
        return found, done

    async def under_way(self) -> dict[str, int]:
        """Count per service the events it listens to that were announced and have not reached its inbox."""
        told: dict[str, set[uuid.UUID]] = {}
        for service in OWNERS:
            for id_, type_ in await self.fetch(service, "select id, type from outbox"):
                told.setdefault(type_, set()).add(id_)
        found: dict[str, int] = {}
        for service in OWNERS:
            wanted = set[uuid.UUID]().union(*(told.get(type_, ()) for type_ in listens(service)))
            missing = wanted - {row[0] for row in await self.fetch(service, "select id from inbox")}
            if missing:
                found[f"under way to {service}"] = len(missing)
        return found

    async def left(self) -> tuple[dict[str, int], int]:
        """Return what is left to do, looking twice: what moves on between two looks must not be overlooked."""
        found, done = await self.waiting()
        if found:
            return found, done
        on_the_way = await self.under_way()
        found, later = await self.waiting()
        return on_the_way or found or ({"done just now": later - done} if later != done else {}), later

    async def quiet(self, longest: float, still: float = 30) -> Quiet:
        """Wait until nothing is left to do.

        It is stuck when nothing was finished for `still` seconds, or not everything within `longest`. Only what is
        done for good counts as moving: a service that falls and comes back, or tries again and fails, does not.
        """
        clock = asyncio.get_running_loop().time
        started = moved = clock()
        last, most, stillest = {"not asked": 1}, -1, 0.0
        while clock() - moved < still and clock() - started < longest:
            try:
                found, done = await self.left()
                if clock() - moved > 3:
                    await self.fetch("notify", _LATER)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError):
                found, done = {"PostgreSQL away": 1}, most
            if done > most:
                stillest, moved, most = max(stillest, clock() - moved), clock(), done
            if not found:
                return Quiet({}, last, clock() - started, stillest)
            last = found
            await asyncio.sleep(0.25)
        return Quiet(last, last, clock() - started, clock() - moved)

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
        query = """select d.code from dossier d join fact f on f.code = d.code
            where f.type = $1 and d.procedure_code = $2"""
        return [row[0] for row in await self.fetch("stats", query, SUBMITTED, CODE)]

    async def told(self) -> list[str]:
        """Return the dossier code of each portal notice, once per notice."""
        query = """select m.dossier_code from message m join delivery d on d.message_id = m.id
            where m.kind = 'dossier_submitted' and d.channel = 'portal'"""
        return [row[0] for row in await self.fetch("notify", query)]

    async def confirmed(self) -> list[str]:
        """Return the dossier code of each confirmation that was decided; of one that is printed the PDF can be read."""
        files = FileStore(self.files_url)
        query = """select dossier_code, state, sha256 from document
            where kind = 'confirmation' and (content_sealed is not null or content ? 'submitted_at')
                and (state <> 'pending' or not must_sign)"""
        found = []
        for code, state, sha256 in await self.fetch("intake", query):
            assert state == "pending" or (await files.get(sha256)).startswith(b"%PDF-")
            found.append(code)
        return found

    def mails(self) -> list[tuple[str, str]]:
        """Return dossier code and message id of each mail that arrived, as often as it arrived."""
        read = BytesHeaderParser().parsebytes
        heads = (read(mail) for mail in self.kept_mails())
        return [
            (str(head["X-Dossier-Code"]), str(head["Message-ID"])) for head in heads if head["X-Dossier-Code"]
        ]

    def kept_mails(self) -> list[bytes]:
        """Return every mail that arrived."""
        return [place.read_bytes() for place in (self.running.state / "mail").glob("*.eml")]

    async def took_effect_twice(self) -> dict[str, int]:
        """Return the events that any service handled more than once, as the witness saw it."""
        twice: Counter[str] = Counter()
        for service in OWNERS:
            rows = await self.fetch(
                service, "select event_id, count(*) from witness group by 1 having count(*) > 1"
            )
            twice.update({f"{service} {row[0]}": row[1] for row in rows})
        return dict(twice)


def _standing(service: str) -> str:
    """Return the query for what is left and what is done in one service: rows of (what, left, done)."""
    parts = [
        f"select '{what}', count(*) filter (where {open_}), count(*) filter (where not ({open_})) from {table}"
        for what, (table, open_) in {**_OPEN, **_OWN.get(service, {})}.items()
    ]
    return " union all ".join([*parts, _DEAD])
