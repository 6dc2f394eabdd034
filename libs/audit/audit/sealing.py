"""Seals what was written since the last time: one seal for many lines, so that nobody waits for the chain."""

from datetime import datetime, timedelta
from typing import Final

import asyncpg
import structlog
from common.database import Database
from common.jobs import Job
from obstore.exceptions import AlreadyExistsError
from pydantic import BaseModel

from audit.chain import Seal, sealed
from audit.heads import Hand, ship
from audit.reading import AS_HASHED, last_seal, lines_between
from audit.tables import LINE, SEAL, SEALED

EVERY: Final = timedelta(seconds=10)
"""How often lines are sealed: for so long, and for as long as the oldest open transaction, a line is not yet."""
SHIPPED_EVERY: Final = timedelta(hours=1)
MOST: Final = 50_000
"""Lines of one seal; a single transaction is never divided."""
# Every transaction below has ended: what it wrote is there, and nothing of it can come later.
_ENDED: Final = "select (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint"
_ENOUGH: Final = f"select xid from {LINE} where xid >= $1 and xid < $2 order by xid, seq offset $3 limit 1"  # noqa: S608
_WRITE: Final = (
    f"insert into {SEAL} ({', '.join(SEALED)}) values ($1, clock_timestamp(), $2, $3, $4, $5, $6, $7)"  # noqa: S608
)
log = structlog.get_logger()


class AuditSettings(BaseModel):
    """Settings of a service that keeps an access log."""

    audit_key: str = ""
    """The secret its seals are signed with."""
    instance: str = ""
    """The sub-tree of agencies an instance of its own stands for; it keeps a chain of its own."""
    audit_heads_url: str = ""
    """Where the signed head goes each hour; best a store that refuses to change what it has."""


async def seal(connection: asyncpg.Connection, hand: Hand, most: int = MOST) -> Seal | None:
    """Seal the lines of all transactions that have ended, and return the newest seal."""
    last, ended = await last_seal(connection), await connection.fetchval(_ENDED)
    while True:
        lower = last.upto if last else 0
        full = await connection.fetchval(_ENOUGH, lower, ended, most)
        upto = ended if full is None else max(full, lower + 1)
        lines = await lines_between(connection, lower, upto)
        if full is not None and not lines:  # one transaction wrote more than a seal should hold
            upto = full + 1
            lines = await lines_between(connection, lower, upto)
        if not lines:
            return last
        last = hand.signed(sealed(last, upto, lines))
        await connection.execute(_WRITE, *last)
        log.info("access log sealed", number=last.number, lines=last.size, root=last.root.hex())


def audit_jobs(service: str, settings: AuditSettings) -> tuple[Job, ...]:
    """Return the jobs that seal a service's access log and ship the head of its chain."""
    name = f"{service}.{settings.instance}" if settings.instance else service
    hand, url = Hand(name, settings.audit_key), settings.audit_heads_url

    async def sealing(database: Database, _now: datetime) -> None:
        connection = await database.connect(**AS_HASHED)
        try:
            await seal(connection, hand)
        finally:
            await connection.close()

    async def shipping(database: Database, now: datetime) -> None:
        connection = await database.connect()
        try:
            newest = await last_seal(connection)
        finally:
            await connection.close()
        if newest is None:
            return
        if not url:
            log.warning("the head of the access log is kept nowhere else", service=service)
            return
        try:
            await ship(url, hand.head(newest, now))
        except AlreadyExistsError:
            log.info("the head of the access log is there already", number=newest.number)

    return Job("seal-audit", EVERY, sealing), Job("ship-audit-head", SHIPPED_EVERY, shipping)
