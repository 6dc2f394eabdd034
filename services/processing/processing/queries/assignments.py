"""In whose hands dossiers were, who could get one, and what is passed over when one is done out of turn."""

from collections.abc import Sequence
from datetime import date

from common.counting import bounded
from procedures import StepKind
from regulation.roles import Role
from sqlalchemy import ColumnElement, and_, func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.absence import form_days
from processing.domain.errors import OfficerAbsentError, OfficerNotSuitableError
from processing.models import Assignment, Dossier, Officer
from processing.queries import absences

MOST_OPEN = 500
_SOONEST = (Dossier.due_at, Dossier.accepted_at, Dossier.code)


async def of_dossier(session: AsyncSession, code: str) -> Sequence[Assignment]:
    """Return who had the dossier, oldest first."""
    made = select(Assignment).where(Assignment.dossier_code == code).order_by(Assignment.number)
    return (await session.scalars(made)).all()


async def open_of(session: AsyncSession, agency: str, officer_id: str) -> Sequence[Dossier]:
    """Return the open dossiers in an officer's hands, the soonest due first. Source: QT Đ.11.3; R-ACC-19"""
    theirs = (Dossier.agency == agency, Dossier.officer_id == officer_id, Dossier.closed_at.is_(None))
    rows = select(Dossier).where(*theirs).order_by(*_SOONEST).limit(MOST_OPEN)
    return (await session.scalars(rows)).all()


async def next_number(session: AsyncSession, code: str) -> int:
    """Return the number of a dossier's next change of hands; the dossier is locked."""
    last = select(func.max(Assignment.number)).where(Assignment.dossier_code == code)
    return (await session.scalar(last) or 0) + 1


async def suitable(session: AsyncSession, dossier: Dossier) -> Sequence[Officer]:
    """Return who can do the step at hand: active officers of the dossier's unit with the step's role."""
    role = dossier.step_role if dossier.step_kind == StepKind.TASK else Role.SPECIALIST
    return await queries.officers_of(session, dossier.agency, unit=dossier.unit, role=role)


async def expect_suitable(session: AsyncSession, dossier: Dossier, officer_id: str, day: date) -> None:
    """Refuse an officer who cannot do the step at hand, or is away.

    Raises:
        OfficerNotSuitableError: he is of another unit or agency, or lacks the step's role.
        OfficerAbsentError: he is away on that day.

    Source: QT Đ.4.3; BD Đ.14.5; R-PRC-03; R-INT-21
    """
    named = next((one for one in await suitable(session, dossier) if one.id == officer_id), None)
    if named is None:
        raise OfficerNotSuitableError(field="officer_id", step=dossier.step_name)
    await expect_present(session, named, day)


async def expect_present(session: AsyncSession, officer: Officer, day: date) -> None:
    """Refuse an officer who is away. Raises: OfficerAbsentError. Source: BD Đ.14.5; R-INT-21"""
    away = (await absences.on_day(session, officer.agency, day)).get(officer.id)
    if away is not None:
        raise OfficerAbsentError(name=officer.display_name, last=form_days(away.to_on))


async def passed_over_when_taken(session: AsyncSession, dossier: Dossier) -> int:
    """Count the free dossiers of the unit, for the same step role, that are due sooner.

    Source: QT Đ.4.3; R-PRC-21
    """
    same = (Dossier.unit == dossier.unit, Dossier.step_role == dossier.step_role)
    return await _sooner(session, dossier, Dossier.officer_id.is_(None), *same)


async def passed_over_when_done(session: AsyncSession, dossier: Dossier) -> int:
    """Count the officer's own tasks that are due sooner and wait for nobody's opinion.

    Source: QT Đ.4.3; R-PRC-21
    """
    mine = (Dossier.officer_id == dossier.officer_id, Dossier.step_kind == StepKind.TASK)
    return await _sooner(session, dossier, *mine, Dossier.consulting == 0)


async def _sooner(session: AsyncSession, dossier: Dossier, *which: ColumnElement[bool]) -> int:
    here = tuple_(literal(dossier.due_at), literal(dossier.accepted_at), literal(dossier.code))
    sooner = (Dossier.agency == dossier.agency, Dossier.closed_at.is_(None), tuple_(*_SOONEST) < here)
    return await session.scalar(select(bounded(and_(*sooner, *which), *_SOONEST))) or 0
