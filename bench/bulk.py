"""Five hundred decisions signed by one order: numbered, printed, signed, kept and closed, as the worker does it."""

import asyncio
import shutil
import time
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import asyncpg
from common.database import Database
from common.inbox import Meta
from common.migrations import upgrade
from common.security import Caller
from processing.domain.bulk import BulkDeed
from processing.domain.decision import Proposal
from processing.domain.outcomes import Outcome
from processing.domain.rules import HandlingRules
from processing.jobs import many
from processing.main import means_of, rules_of
from processing.ports import Means
from processing.queries import Target
from processing.settings import Settings
from processing.subscribers import subscriptions
from processing.usecases.claim_dossier import claim_dossier
from processing.usecases.propose_decision import propose_decision
from processing.usecases.start_bulk import Ordered, start_bulk
from regulation.zone import local_day
from sqlalchemy import text
from suite.check.shapes import fact
from suite.demo.example import RESULT
from suite.run.postgres import PostgresServer
from suite.testing.folders import private_folder

from bench.findings import Finding
from bench.machine import Neighbours, cpu_of, disturbed, family

DOSSIERS, TARGET, AGENCY = 500, 15.0, "H42.101"
NOW: Final = datetime(2026, 12, 7, 1, 0, tzinfo=UTC)
DUE: Final = datetime(2026, 12, 7, 10, 30, tzinfo=UTC)
CODES: Final = [f"{AGENCY}-261207-{number:04}" for number in range(1, DOSSIERS + 1)]
PEOPLE: Final = {
    "an": ("Lê Văn An", "tu-phap-ho-tich", "specialist"),
    "lan": ("Phạm Thị Lan", None, "signer"),
}
STEPS: Final = (
    ("check", "Thẩm định hồ sơ", "Check the dossier", "tu-phap-ho-tich", "specialist", "4 wh", "task"),
    ("sign", "Lãnh đạo ký", "The leader signs", "lanh-dao", "signer", "2 wh", "sign"),
    ("return", "Chuyển kết quả", "Hand the result over", "mot-cua", "desk_officer", "1 wh", "return"),
)
KEYS: Final = ("id", "name", "name_en", "unit", "role", "hours", "kind")
PROCEDURE: Final[dict[str, Any]] = {
    "code": "1.001193",
    "version": 1,
    "name": "Thủ tục đăng ký khai sinh",
    "process": {
        "version": 1,
        "decision_number": "123/QĐ-UBND",
        "decision_on": "2026-07-01",
        "steps": [dict(zip(KEYS, one, strict=True)) | {"condition": None} for one in STEPS],
    },
    "offers": [{"agency": AGENCY, "service_level": "full"}],
    "result": {"name": "Giấy khai sinh", "template": "birth_certificate"},
}


def run() -> list[Finding]:
    """Sign them all by one order, and look whether each is signed once."""
    folder, postgres = private_folder("bulk"), PostgresServer(private_folder("bulk-pg"))
    try:
        postgres.start()
        return asyncio.run(_measured(postgres, folder))
    finally:
        postgres.stop()
        for place in (folder, postgres.folder):
            shutil.rmtree(place, ignore_errors=True)


async def _measured(postgres: PostgresServer, folder: Path) -> list[Finding]:
    connection = await asyncpg.connect(postgres.dsn())
    await connection.execute("create database bulk")
    await connection.close()
    dsn = postgres.dsn("bulk")
    await asyncio.to_thread(upgrade, dsn, "processing")
    keys = folder / "keys"
    settings = Settings(
        profile="ninh-binh",
        files_url=folder.as_uri(),
        signing_folder=keys,
        sealing_key="the key of the bench",
    )
    database, rules, means = Database(dsn), rules_of(settings), means_of(settings)
    database.ring = settings.ring
    await _prepared(database, rules, means)
    with Neighbours() as neighbours:
        begun, spent = time.perf_counter(), cpu_of(family())
        await many(rules, means).run(database, NOW)
        took, spent = time.perf_counter() - begun, cpu_of(family()) - spent
    async with database.sessions() as session:
        counted = "select count(distinct decision_number) from dossier where state = 'result_ready'"
        signed = await session.scalar(text(counted)) or 0
    await database.dispose()
    rate, what = DOSSIERS / took, f"{DOSSIERS} decisions signed by one order"
    each = spent / DOSSIERS * 1000
    note = f"{each:.0f} ms of processor each, PostgreSQL included; {disturbed(neighbours.share)}"
    return [
        Finding(what, rate, "1/s", f"≥ {TARGET:.0f} 1/s", rate >= TARGET, note=note),
        Finding(f"{what}: not signed, or under one number", DOSSIERS - signed, "", "0", signed == DOSSIERS),
    ]


async def _prepared(database: Database, rules: HandlingRules, means: Means) -> None:
    """Bring every dossier before the leader, and let her give the order."""
    await _told(database, rules, "catalog.agency_changed.v1", {"code": AGENCY, "name": "UBND phường Hoa Lư"})
    await _told(database, rules, "catalog.procedure_published.v1", PROCEDURE)
    for subject, (name, unit, role) in PEOPLE.items():
        told = {"officer_id": subject, "display_name": name, "agency": AGENCY, "unit": unit, "roles": [role]}
        await _told(database, rules, "identity.officer_changed.v1", {**told, "active": True})
    for code in CODES:
        await _before_the_leader(database, rules, means, code)
    async with database.sessions.begin() as session:
        rows = await session.execute(text("select code, version from dossier order by code"))
        items = [(code, version) for code, version in rows]
        await start_bulk(session, _caller("lan"), AGENCY, Ordered(BulkDeed.SIGNATURE, items), NOW)


async def _before_the_leader(database: Database, rules: HandlingRules, means: Means, code: str) -> None:
    accepted = {
        "code": code,
        "state": "accepted",
        "procedure_code": "1.001193",
        "procedure_version": 1,
        "channel": "online",
    }
    times = {"submitted_at": NOW.isoformat(), "accepted_at": NOW.isoformat(), "due_at": DUE.isoformat()}
    places = {"receiving_point": AGENCY, "competent_agency": AGENCY}
    await _told(database, rules, "intake.dossier_accepted.v1", {**accepted, **times, **places})
    target = Target(_caller("an"), AGENCY, code, local_day(NOW))
    async with database.sessions.begin() as session:
        dossier = await claim_dossier(session, target, NOW)
    async with database.sessions.begin() as session:
        await propose_decision(
            session,
            target,
            version=dossier.version,
            proposal=Proposal(Outcome.GRANT, RESULT, None, None),
            template=None,
            now=NOW,
            rules=rules,
            printer=means.printer,
        )


async def _told(database: Database, rules: HandlingRules, type_: str, told: Mapping[str, Any]) -> None:
    subscription = subscriptions(rules).get(type_)
    assert subscription is not None
    meta = Meta(uuid.uuid4(), type_, NOW, None, str(told.get("code", told.get("officer_id"))), 1)
    async with database.sessions.begin() as session:
        await subscription.handler(
            session, [(subscription.model.model_validate(fact(type_, dict(told))), meta)]
        )


def _caller(subject: str) -> Caller:
    _, unit, role = PEOPLE[subject]
    return Caller(subject, "officer", frozenset({role}), AGENCY, unit, "own" if unit else "agency", "")
