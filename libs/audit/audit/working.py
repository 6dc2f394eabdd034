"""Writes down what a service did by itself, unasked by anybody: by which rule, and to how many."""

import orjson
from sqlalchemy import column, insert, table
from sqlalchemy.ext.asyncio import AsyncSession

from audit.lines import Deed
from audit.tables import LINE

_INSERT = insert(
    table(LINE, *map(column, ("actor", "kind", "deed", "route", "subject", "details", "purpose")))
)


async def did(
    session: AsyncSession, service: str, job: str, *, subject: str, purpose: str, count: int
) -> None:
    """Write one line in the transaction of the work: `subject` is a kind of record or an id, `purpose` the rule."""
    line = {"actor": service, "kind": "service", "deed": Deed.CHANGE.value, "route": f"job {job}"}
    details = orjson.dumps({"count": count}).decode()
    await session.execute(_INSERT, {**line, "subject": subject, "details": details, "purpose": purpose})
