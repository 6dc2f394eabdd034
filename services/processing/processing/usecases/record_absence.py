"""Record when an officer is away and who stands in."""

from datetime import datetime

from common.errors import NotFoundError
from common.outbox import record
from common.security import Caller
from regulation.roles import Right, view, who_may
from regulation.zone import local_day
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.absence import Away, Colleague, check_days, check_substitute, form_days
from processing.domain.errors import (
    AlreadyAbsentError,
    StandsInError,
    SubstituteAbsentError,
    SubstituteNeededError,
)
from processing.models import Absence, Officer
from processing.queries import absences


async def record_absence(
    session: AsyncSession, caller: Caller, agency: str, away: Away, now: datetime
) -> Absence:
    """Write an officer's absence down: his own, or as a leader another's of the agency.

    Raises:
        ForbiddenError: somebody else's, and the caller assigns no dossiers.
        NotFoundError: the agency is not the caller's, or no such officer works there.
        InvalidInputError: the days or the substitute do not fit.
        AlreadyAbsentError: some of these days are recorded already.
        StandsInError: he stands in for somebody then.
        SubstituteAbsentError: the substitute is away too.
        SubstituteNeededError: he has open dossiers and nobody would look after them.

    Source: BD Đ.14.5; NB Đ.23.5; HN Đ.10.7; R-INT-21
    """
    people = await _people(session, caller, agency, away)
    officer = people[away.officer_id]
    check_days(away, local_day(now))
    await _expect_free(session, away, people)
    if away.substitute_id is not None:
        substitute = people.get(away.substitute_id) if away.substitute_id != officer.id else None
        check_substitute(_colleague(officer), _colleague(substitute) if substitute else None)
    elif count := (await queries.open_counts(session, agency)).get(officer.id, 0):
        raise SubstituteNeededError(name=officer.display_name, count=count)
    kept = Absence(
        agency=agency,
        officer_id=away.officer_id,
        from_on=away.from_on,
        to_on=away.to_on,
        substitute_id=away.substitute_id,
        recorded_by=caller.subject,
        recorded_at=now,
    )
    session.add(kept)
    await session.flush()
    await record(session, kept.told(now))
    return kept


async def _people(session: AsyncSession, caller: Caller, agency: str, away: Away) -> dict[str, Officer]:
    """Return the officers concerned, locked: of two absences that meet one is recorded first."""
    if away.officer_id != caller.subject:
        caller.require(*who_may(Right.ASSIGN_DOSSIER))
    ids = {away.officer_id, away.substitute_id} - {None}
    locked = select(Officer).where(Officer.id.in_(ids)).order_by(Officer.id).with_for_update()
    people = {one.id: one for one in await session.scalars(locked)}
    officer = people.get(away.officer_id)
    if officer is None or caller.agency != agency or officer.agency != agency or not officer.active:
        raise NotFoundError(officer=away.officer_id)
    seen = view(Right.ASSIGN_DOSSIER, caller).sees(agency=agency, unit=officer.unit, holder=officer.id)
    if officer.id != caller.subject and not seen:
        raise NotFoundError(officer=away.officer_id)
    return people


async def _expect_free(session: AsyncSession, away: Away, people: dict[str, Officer]) -> None:
    """Refuse what clashes with other absences. Raises: AlreadyAbsentError, StandsInError, SubstituteAbsentError."""
    for one in await absences.clashing(session, people, away.from_on, away.to_on):
        said = {"first": form_days(one.from_on), "last": form_days(one.to_on)}
        if one.officer_id == away.officer_id:
            raise AlreadyAbsentError(name=people[away.officer_id].display_name, **said)
        if one.substitute_id == away.officer_id:
            raise StandsInError(name=people[away.officer_id].display_name, **said)
        if one.officer_id == away.substitute_id:
            raise SubstituteAbsentError(name=people[one.officer_id].display_name, **said)


def _colleague(officer: Officer) -> Colleague:
    return Colleague(officer.agency, officer.unit, officer.roles, officer.active)
