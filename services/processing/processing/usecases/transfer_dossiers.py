"""Hand all open dossiers of an officer over to another one at once."""

from dataclasses import dataclass
from datetime import datetime

from common.errors import FieldProblem, InvalidInputError, NotFoundError
from common.outbox import record
from common.security import Caller
from regulation.roles import Right
from regulation.zone import local_day
from sqlalchemy import select, true
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.assignment import Given, Way, check_reason
from processing.events import DossierAssigned
from processing.models import Assignment, Dossier, Officer
from processing.queries import absences, assignments, in_scope

MOST = 500
"""How many go at once, the soonest due first; asked again, the next go."""

_NOBODY = FieldProblem(
    "officer_id",
    "R-PRC-21",
    "Hãy chọn một cán bộ khác đang làm việc tại cơ quan.",
    "Choose another officer who works in the agency.",
)


@dataclass(frozen=True)
class Order:
    """Whose open dossiers go to whom, and why."""

    from_officer: str
    officer_id: str
    reason: str


@dataclass(frozen=True)
class Transferred:
    """What went over, and what stayed because the new officer cannot do its step."""

    moved: list[str]
    left: list[str]


async def transfer_dossiers(
    session: AsyncSession, caller: Caller, agency: str, order: Order, now: datetime
) -> Transferred:
    """Hand over whatever the new officer can do: one's own, as a leader anybody's, as a substitute to oneself.

    Raises:
        NotFoundError: the agency is not the caller's, or the caller reaches no dossier of that officer.
        InvalidInputError: the reason is empty, or the new one is not of this agency or has them already.
        OfficerAbsentError: the new one is away.

    Source: QT Đ.4.3; BD Đ.14.5; R-PRC-21; R-INT-21
    """
    if caller.agency != agency:
        raise NotFoundError(agency=agency)
    said = check_reason(order.reason)
    new = await session.get(Officer, order.officer_id)
    if new is None or (new.agency, new.active) != (agency, True) or new.id == order.from_officer:
        raise InvalidInputError([_NOBODY])
    await assignments.expect_present(session, new, local_day(now))
    dossiers, way = await _reached(session, caller, agency, order, now)
    moved: list[str] = []
    for dossier in dossiers:
        if new.id in {one.id for one in await assignments.suitable(session, dossier)}:
            number = await assignments.next_number(session, dossier.code)
            session.add(Assignment.of(dossier, number, Given(way, new.id, caller.subject, now, said)))
            plan = (await queries.procedure_of(session, dossier)).steps
            await record(session, dossier.tell(DossierAssigned, plan, now, assigned_by=caller.subject))
            moved.append(dossier.code)
    return Transferred(moved, [one.code for one in dossiers if one.code not in {*moved}])


async def _reached(
    session: AsyncSession, caller: Caller, agency: str, order: Order, now: datetime
) -> tuple[list[Dossier], Way]:
    """Return the open dossiers that the caller may hand over, locked. Raises: NotFoundError."""
    away = await absences.on_day(session, agency, local_day(now))
    stands_in = order.from_officer in absences.stood_in_for(away.values(), caller)
    mine = order.from_officer == caller.subject or (stands_in and order.officer_id == caller.subject)
    may = true() if mine else in_scope(caller, agency, Right.ASSIGN_DOSSIER)
    whose = (Dossier.agency == agency, Dossier.officer_id == order.from_officer, Dossier.closed_at.is_(None))
    rows = select(Dossier).where(*whose, may).order_by(Dossier.due_at, Dossier.code).limit(MOST)
    found = list((await session.scalars(rows.with_for_update())).all())
    if not found:
        raise NotFoundError(officer=order.from_officer)
    return found, Way.STOOD_IN if stands_in and mine else Way.TRANSFERRED
