"""Whether heads were shipped as they are due: what a database says of shipping against what lies elsewhere."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

import asyncpg
from regulation.zone import moment_said

from audit.chain import Finding
from audit.heads import Head
from audit.tables import SEAL

SHIPPED_BY: Final = timedelta(hours=2)
"""So old a seal may be without any head behind it; they are shipped each hour."""
JOB: Final = "ship-audit-head"
_BESIDE: Final = timedelta(seconds=2)
"""A head is named by its second; who finds it there already ships none."""
_AT_ONCE: Final = timedelta(minutes=10)
"""Within which a service that comes up again ships what is overdue."""
_UNSHIPPED: Final = f"select exists (select from {SEAL} where sealed_at < clock_timestamp() - $1::interval)"  # noqa: S608
_SAYS: Final = f"""select ran_at from job_lock where name = $1 and error is null
    and ran_at <= coalesce($2, clock_timestamp()) and exists (select from {SEAL} where sealed_at <= ran_at)"""  # noqa: S608
_BEHIND: Final = f"""select max(number) from {SEAL}
    where sealed_at > $1 and sealed_at < coalesce($2, clock_timestamp()) - $3::interval"""  # noqa: S608


def stamped(heads: Sequence[Head]) -> Sequence[Head]:
    """Return the heads whose moment is signed; all of them where none is, as before moments were."""
    return [head for head in heads if head.stamp] or heads


async def overdue(
    connection: asyncpg.Connection, heads: Sequence[Head], until: datetime | None
) -> list[Finding]:
    """Find that the newest heads are gone, or that none are shipped any more though lines are sealed.

    A job notes in the database when it last shipped; whoever takes a head away must change that too, and then the job
    ships at once. `until` is the moment up to which heads were looked for, now without one.
    """
    if not heads:
        late = await connection.fetchval(_UNSHIPPED, SHIPPED_BY)
        says = "no head is where heads are kept, though they are due each hour"
        return [Finding("head missing", 0, says)] if late else []
    known = stamped(heads)
    newest = max(known, key=lambda head: head.at)
    ran = await connection.fetchval(_SAYS, JOB, until)
    if ran is not None and not any(abs(head.at - ran) <= _BESIDE for head in known):
        last_there = f"the newest is of {moment_said(newest.at)}"
        says = f"the head that was shipped at {moment_said(ran)} is gone; {last_there}"
        return [Finding("head missing", newest.number, says)]
    last = await connection.fetchval(_BEHIND, newest.at + SHIPPED_BY, until, _AT_ONCE)
    if last is not None:
        says = f"seal {last} was made and no head shipped since {moment_said(newest.at)}"
        return [Finding("head missing", last, says)]
    return []


def gaps(heads: Sequence[Head]) -> Iterator[str]:
    """Tell between which heads none was shipped for long: the service stood still then, or somebody took them away."""
    moments = sorted(head.at for head in stamped(heads))
    for one, after in pairwise(moments):
        if after - one > SHIPPED_BY:
            yield f"{moment_said(one)} – {moment_said(after)}"
