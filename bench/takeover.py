"""An agency's instance takes ten thousand open dossiers over, everything killed once on the way, and none is lost."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
import orjson
from common.migrations import upgrade
from common.topology import apply_topology
from regulation.codes.agency import AgencyCode
from suite.demo.example import ANSWERS, RESULT
from suite.deploy.agency import Meeting, lay_agency
from suite.run.layout import listens
from suite.run.places import free_port
from suite.run.postgres import PostgresServer
from suite.run.processes import answers, die_with_parent
from suite.run.rabbit import RabbitServer
from suite.testing.folders import private_folder

from bench.findings import Finding
from bench.machine import Neighbours, disturbed

DOSSIERS, AGENCY, TARGET, PATIENCE = 10_000, "H42.101", 60.0, 600.0
KILLED_AT = DOSSIERS // 3
PROVINCE, OWN = "province_processing", "own_processing"
_PROCEDURE = (
    "insert into procedure_version (code, version, search_key, content) values ('1.001193', 1, '', '{}')"
)
_LOAD = """
insert into dossier (code, version, announced, number, serial, agency, receiving_point, unit, officer_id, state,
  procedure_code, procedure_version, procedure_name, channel, facts, submitted_at, accepted_at, opened_at, due_at,
  soon_at, step_id, step_kind, step_role, step_name, step_due_at, template, outcome, content, proposed_by, proposed_at,
  revocation_count, revoking)
select $2 || '-261101-' || lpad(n::text, 5, '0'), 4, 4, '261101-' || lpad(n::text, 5, '0'),
  lpad(n::text, 5, '0'), $2, $2, 'tu-phap-ho-tich', 'officer-' || n % 7,
  'awaiting_signature', '1.001193', 1, 'Thủ tục đăng ký khai sinh', 'online',
  $3::jsonb, now() - interval '3 days', now() - interval '2 days', now() - interval '2 days',
  now() + interval '9 days', now() + interval '8 days', 'sign', 'sign', 'signer', 'Lãnh đạo ký',
  now() + interval '5 days', 'birth', 'grant', $4::jsonb,
  'officer-' || n % 7, now() - interval '1 day', 0, false
from generate_series(1, $1::int) n
"""
_STEPS = """
insert into step_record (id, dossier_code, step_id, name, name_en, kind, unit, role, started_at, due_at, ledger,
  ended_at, action, actor_id)
select md5(code || s)::uuid, code, s, 'Thẩm định hồ sơ', 'Check the dossier', 'task', unit, 'specialist', opened_at,
  due_at, $1::jsonb, case when s = 'check' then proposed_at end, case when s = 'check' then 'propose' end, officer_id
from dossier, unnest(array['check', 'sign']) s order by code, s
"""
_DAY = {
    "start": "2026-11-02T08:00:00+07:00",
    "end": "2026-11-02T17:30:00+07:00",
    "minutes": 480,
    "text": "x" * 40,
}
_LEDGER = orjson.dumps({"rows": [_DAY] * 3}).decode()
_ALL = """select count(*), md5(string_agg(md5((to_jsonb(d) - 'announced')::text), '' order by code)),
    (select md5(string_agg(md5((to_jsonb(s) - 'seq')::text), '' order by dossier_code, step_id)) from step_record s)
    from dossier d"""

_COLUMNS = """select attname::text from pg_attribute
    where attrelid = $1::text::regclass and attnum > 0 and attidentity = '' and not attisdropped"""


@dataclass
class Side:
    """One instance of processing: its database, and its worker in a process of its own."""

    folder: Path
    dsn: str
    told: dict[str, str]
    watch: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def run(self, words: str) -> subprocess.Popen[bytes]:
        """Start a command of the suite as this side's people or containers do."""
        common = {
            "MOTCUA_CARRIER": "rabbitmq",
            "MOTCUA_JWKS_URL": "http://127.0.0.1:1/",
            "MOTCUA_PROFILE": "ninh-binh",
        }
        own = {
            "DATABASE_URL": self.dsn,
            "FILES_URL": self.folder.as_uri(),
            "SIGNING_FOLDER": str(self.folder / "keys"),
        }
        mine = {f"MOTCUA_PROCESSING_{name}": value for name, value in own.items()}
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "suite.cli", *words.split()],
                env={**os.environ, **common, **mine, **self.told},
                stdout=log,
                stderr=log,
                preexec_fn=die_with_parent,  # noqa: PLW1509 - this process has one thread
            )

    def work(self) -> None:
        """Start the worker and return once it is ready."""
        self.process = self.run(f"service processing worker --watch {self.watch} --drain 0")
        _await(lambda: answers(f"http://127.0.0.1:{self.watch}/health/ready"), "a worker to be ready")

    def kill(self) -> None:
        """End the worker as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


def run() -> list[Finding]:
    """Hand over, kill the command and both workers in the middle, go on, and compare every row."""
    with _sides() as (province, own), Neighbours() as neighbours:
        before = _asked(province.dsn, _ALL)
        raw = asyncio.run(_copied(province.dsn, own.dsn, own.folder))
        for side in (province, own):
            side.work()
        begun = time.perf_counter()
        _killed_in_the_middle(province, own)
        at_kill = _asked(own.dsn, "select count(*) from dossier")[0]
        for side in (province, own):
            side.work()
        again = province.run(f"agency take-over {AGENCY} --yes --wait {PATIENCE:.0f}")
        status = again.wait(PATIENCE)
        took = time.perf_counter() - begun
        after, left = _asked(own.dsn, _ALL), _asked(province.dsn, "select count(*) from dossier")[0]
        for side in (province, own):
            side.kill()
    note = (
        f"killed when {at_kill} had arrived: the command and both workers; start of all three again included"
    )
    wrong = DOSSIERS if status or after != before else left
    return _findings(took, wrong, raw, f"{note}; {disturbed(neighbours.share)}")


def _findings(took: float, wrong: int, raw: float, note: str) -> list[Finding]:
    what = f"take-over of {DOSSIERS:,} open dossiers"
    raw_what = "their rows copied by PostgreSQL"
    return [
        Finding(what, took, "s", f"≤ {TARGET:.0f} s", took <= TARGET, raw, raw_what, note=note),
        Finding(f"{what}: lost, doubled or changed", wrong, "", "0", wrong == 0),
    ]


def _killed_in_the_middle(province: Side, own: Side) -> None:
    """Begin the take-over and kill everything that takes part once a third has arrived."""
    first = province.run(f"agency take-over {AGENCY} --yes --wait {PATIENCE:.0f}")
    _await(lambda: _asked(own.dsn, "select count(*) from dossier")[0] >= KILLED_AT, "a third to arrive")
    first.send_signal(signal.SIGKILL)
    for side in (province, own):
        side.kill()
    first.wait()


@contextmanager
def _sides() -> Iterator[tuple[Side, Side]]:
    """Give the province with its dossiers, and the agency's instance as `motcua agency init` lays it out."""
    folder, postgres = private_folder("takeover"), PostgresServer(private_folder("takeover-pg"))
    rabbit = RabbitServer(private_folder("takeover-rabbit"))
    try:
        postgres.start()
        rabbit.start()
        asyncio.run(apply_topology(rabbit.url, {"processing": listens("processing")}))
        here = Meeting("http://127.0.0.1", f"amqp://127.0.0.1:{rabbit.port}", "http://127.0.0.1", "127.0.0.1")
        lay_agency(folder / "laid", AgencyCode(AGENCY), ["processing"], here)
        definitions = rabbit.folder / "agency.json"
        definitions.write_bytes((folder / "laid/province/rabbitmq.json").read_bytes())
        definitions.chmod(0o644)
        rabbit.control("import_definitions", str(definitions))
        told = {"MOTCUA_SECRETS": str(folder / "laid/secrets"), "MOTCUA_INSTANCE": AGENCY}
        province = _side(folder / "province", postgres, PROVINCE, {"MOTCUA_PROCESSING_AMQP_URL": rabbit.url})
        own = _side(folder / "own", postgres, OWN, told)
        asyncio.run(_filled(province.dsn, own.dsn))
        yield province, own
    finally:
        rabbit.stop()
        postgres.stop()
        for place in (folder, postgres.folder, rabbit.folder):
            shutil.rmtree(place, ignore_errors=True)


def _side(folder: Path, postgres: PostgresServer, database: str, told: dict[str, str]) -> Side:
    folder.mkdir()
    asyncio.run(_executed(postgres.dsn(), f"create database {database}"))
    upgrade(postgres.dsn(database), "processing")
    return Side(folder, postgres.dsn(database), told)


async def _filled(province: str, own: str) -> None:
    facts = orjson.dumps({name: value for page in ANSWERS.values() for name, value in page.items()}).decode()
    for dsn in (province, own):
        await _executed(dsn, _PROCEDURE)
    await _executed(province, _LOAD, DOSSIERS, AGENCY, facts, orjson.dumps(RESULT).decode())
    await _executed(province, _STEPS, _LEDGER)
    await _executed(province, "vacuum analyze dossier, step_record")


async def _executed(dsn: str, statement: str, *arguments: object) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute(statement, *arguments)
    await connection.close()


def _asked(dsn: str, question: str) -> tuple[Any, ...]:
    async def ask() -> tuple[Any, ...]:
        connection = await asyncpg.connect(dsn)
        try:
            return tuple(await connection.fetchrow(question))
        finally:
            await connection.close()

    return asyncio.run(ask())


async def _copied(source: str, target: str, folder: Path) -> float:
    """Return the seconds PostgreSQL itself needs to move the same rows; they are taken away again."""
    begun, have, want = time.perf_counter(), await asyncpg.connect(source), await asyncpg.connect(target)
    for table in ("dossier", "step_record"):
        columns = [row[0] for row in await have.fetch(_COLUMNS, table)]
        place = folder / table
        await have.copy_from_query(f"select {', '.join(columns)} from {table}", output=place)
        await want.copy_to_table(table, source=place, columns=columns)
        place.unlink()
    took = time.perf_counter() - begun
    await want.execute("truncate dossier cascade")
    await have.close()
    await want.close()
    return took


def _await(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            raise RuntimeError(f"waited {PATIENCE:.0f} s for {what}")
        time.sleep(0.05)
