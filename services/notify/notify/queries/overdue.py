"""Which dossiers are overdue at which agency, and who leads it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from common.inbox import NotYetError
from regulation.roles import Role
from regulation.states import ENDED
from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from notify.models import Agency, Dossier, Officer, Reminder

NAMED: Final = 20
"""Dossiers that a digest names; the rest it counts."""


@dataclass(frozen=True)
class OverdueAgency:
    """An agency with overdue dossiers: how many, since when the oldest, and when it was last reminded."""

    code: str
    name: str
    name_en: str
    count: int
    since: datetime
    reminded_at: datetime | None


def _overdue() -> ColumnElement[bool]:
    open_ = or_(Dossier.state.is_(None), Dossier.state.not_in(ENDED))
    return and_(Dossier.overdue_at.is_not(None), Dossier.settled_at.is_(None), open_)


async def overdue_agencies(session: AsyncSession, agency: str | None = None) -> Sequence[OverdueAgency]:
    """Return the agencies with overdue dossiers, the one with most first; or the one that is named."""
    reminded = (
        select(func.max(Reminder.reminded_at))
        .where(Reminder.agency == Dossier.competent_agency)
        .correlate(Dossier)
        .scalar_subquery()
    )
    found = (
        select(
            Dossier.competent_agency,
            Agency.name,
            Agency.name_en,
            func.count(),
            func.min(func.coalesce(Dossier.due_at, Dossier.overdue_at)),
            reminded,
        )
        .outerjoin(Agency, Agency.code == Dossier.competent_agency)
        .where(_overdue(), Dossier.competent_agency == agency if agency else true())
        .group_by(Dossier.competent_agency, Agency.name, Agency.name_en)
        .order_by(func.count().desc(), Dossier.competent_agency)
    )
    rows = (await session.execute(found)).tuples()
    return [
        OverdueAgency(code, name or code, name_en or name or code, count, since, last)
        for code, name, name_en, count, since, last in rows
    ]


async def hold_agency(session: AsyncSession, agency: str) -> None:
    """Lock an agency, so that of two who remind it at once the second sees the first."""
    await session.execute(select(Agency.code).where(Agency.code == agency).with_for_update())


async def overdue_codes(session: AsyncSession, agency: str) -> Sequence[str]:
    """Return the codes of an agency's overdue dossiers, the oldest first, not more than are named."""
    found = select(Dossier.code).where(_overdue(), Dossier.competent_agency == agency)
    return (await session.scalars(found.order_by(Dossier.overdue_at, Dossier.code).limit(NAMED))).all()


async def who_leads(session: AsyncSession, agency: str) -> tuple[str, ...]:
    """Return the accounts of the active heads of an agency."""
    return await _holding(session, Role.AGENCY_HEAD, Officer.agency == agency)


async def coordinators(session: AsyncSession) -> tuple[str, ...]:
    """Return the accounts of the active coordinators of the province."""
    return await _holding(session, Role.COORDINATOR)


async def officer_name(session: AsyncSession, officer: str) -> str:
    """Return the name of an officer. Raises: NotYetError before the officer was told of."""
    found = (await session.scalars(select(Officer).where(Officer.id == officer))).first()
    if found is None:
        raise NotYetError("officer", officer)
    return found.name or ""


async def who_act(session: AsyncSession, roles: Iterable[Role]) -> tuple[str, ...]:
    """Return the active accounts with one of the roles."""
    return tuple(sorted({one for role in roles for one in await _holding(session, role)}))


async def administrators(session: AsyncSession, agency: str | None) -> tuple[str, ...]:
    """Return the active administrators of an agency; nobody where none is named."""
    return await _holding(session, Role.AGENCY_ADMIN, Officer.agency == agency) if agency else ()


async def _holding(session: AsyncSession, role: Role, *where: ColumnElement[bool]) -> tuple[str, ...]:
    found = select(Officer.id).where(Officer.active.is_(True), Officer.roles.contains([role.value]), *where)
    return tuple((await session.scalars(found.order_by(Officer.id))).all())
