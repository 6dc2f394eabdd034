"""The desk in figures: how many dossiers stand where, how many are near or over, which checks were late."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from common.counting import CAP, bounded
from common.security import Caller
from regulation.queues import DESK, EVERYTHING, Due, Narrowed
from regulation.states import State
from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.life_cycle import OPEN
from intake.models import Dossier
from intake.queries.desk import RUNNING, WANTED, given, holds
from intake.queries.dossiers import desk_scope

_FIGURES: Final[Mapping[str, Due | None]] = {
    "all": None,
    **{name.value: one.due for name, one in DESK.items() if one.due},
}


async def counts(
    session: AsyncSession,
    caller: Caller,
    now: datetime,
    near: Mapping[State, datetime],
    narrowed: Narrowed = EVERYTHING,
) -> dict[str, int]:
    """Return how many dossiers of the desk stand in each open state, and how many of all are near or over.

    Each figure is the length of the list that the queue shows for the same wish, counted up to `CAP` per state.

    Source: TN Đ.11.3.a; R-INT-01, R-INT-02
    """
    each = (await session.execute(_counting(caller, narrowed), given(OPEN, near, now))).all()
    found = {row.state: row.all for row in each}
    running = [row._mapping for row in each if row.state in RUNNING]
    return found | {name: sum(row[name] for row in running) for name, due in _FIGURES.items() if due}


@lru_cache(maxsize=128)
def _counting(caller: Caller, narrowed: Narrowed) -> Select[Any]:
    numbers = [
        bounded(holds(caller, due, narrowed), Dossier.next_due_at, per=WANTED).label(name)
        for name, due in _FIGURES.items()
    ]
    return select(WANTED.c.state, *numbers).select_from(WANTED)


async def late_checks(
    session: AsyncSession, caller: Caller, since: datetime
) -> Sequence[tuple[str | None, int]]:
    """Return (officer, how many) of the newest `CAP` checks that were late since an instant.

    No officer stands for those nobody decided yet.

    Source: TN Đ.11.3.a; R-INT-02
    """
    return (await session.execute(_late(caller), {"since": since})).tuples().all()


@lru_cache(maxsize=128)
def _late(caller: Caller) -> Select[tuple[str | None, int]]:
    late = and_(desk_scope(caller), Dossier.check_overdue, Dossier.check_due_at >= bindparam("since"))
    newest = (
        select(Dossier.checked_by).where(late).order_by(Dossier.check_due_at.desc()).limit(CAP).subquery()
    )
    return select(newest.c.checked_by, func.count()).group_by(newest.c.checked_by)
