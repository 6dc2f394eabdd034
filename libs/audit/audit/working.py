"""Writes down what a service did by itself, unasked by anybody or later than somebody ordered it."""

import orjson
from common.security import Caller
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


_ORDERED = ("actor", "kind", "roles", "agency", "unit", "deed", "route", "subject", "outcome")


async def did_for(session: AsyncSession, who: Caller, job: str, *, subject: str, outcome: int = 200) -> None:
    """Write one line for what somebody ordered and a job did for him, in the transaction of the work."""
    line = {
        "actor": who.subject,
        "kind": who.kind,
        "roles": ",".join(sorted(who.roles)),
        "agency": who.agency or "",
        "unit": who.unit or "",
        "deed": Deed.CHANGE.value,
        "route": f"job {job}",
        "subject": subject,
        "outcome": outcome,
    }
    await session.execute(insert(table(LINE, *map(column, _ORDERED))), line)
