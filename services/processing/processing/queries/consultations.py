"""Opinions asked of other units and agencies: who can give one, what waits for a caller, what a dossier asked."""

import uuid
from collections.abc import Sequence
from datetime import date

from common.conditions import matching
from common.errors import NotFoundError
from common.security import Caller
from regulation.roles import Right, view, who_may
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from processing.models import Agency, Consultation, Dossier, Officer

MOST = 200
"""How many requests a list shows, the soonest due first."""


async def of_dossier(session: AsyncSession, code: str) -> Sequence[Consultation]:
    """Return what was asked about a dossier, oldest first."""
    asked = select(Consultation).where(Consultation.dossier_code == code)
    return (await session.scalars(asked.order_by(Consultation.number))).all()


async def one_of(session: AsyncSession, code: str, number: int) -> Consultation:
    """Return one request about a dossier, locked. Raises: NotFoundError."""
    wanted = select(Consultation).where(Consultation.dossier_code == code, Consultation.number == number)
    found = await session.scalar(wanted.with_for_update())
    if found is None:
        raise NotFoundError(consultation=str(number))
    return found


async def next_number(session: AsyncSession, code: str) -> int:
    """Return the number of a dossier's next request; the dossier is locked."""
    last = select(func.max(Consultation.number)).where(Consultation.dossier_code == code)
    return (await session.scalar(last) or 0) + 1


async def answerers(session: AsyncSession, agency: str, unit: str | None) -> Sequence[Officer]:
    """Return who can answer for a unit, or for a whole agency: its leaders, and all where it has none."""
    able = or_(*(Officer.roles.contains([role]) for role in sorted(who_may(Right.TAKE_STEP))))
    known = select(Officer).where(Officer.agency == agency, Officer.active, able)
    if unit is not None:
        known = known.where(Officer.unit == unit)
    found = (await session.scalars(known.order_by(Officer.id))).all()
    leaders = [one for one in found if who_may(Right.DECIDE_DOSSIER) & set(one.roles)]
    return leaders if leaders and unit is None else found


def asked_of(caller: Caller, agency: str) -> ColumnElement[bool]:
    """Return the condition for what an officer may answer: what his right reaches, and what is asked of all.

    Source: QT Đ.11.2.e; R-ACC-18; R-PRC-07
    """
    seen = view(Right.TAKE_STEP, caller).alternatives()
    columns = {"agency": Consultation.agency, "unit": Consultation.unit, "holder": Consultation.answered_by}
    of_all = and_(Consultation.agency == caller.agency, Consultation.unit.is_(None))
    return and_(Consultation.agency == agency, or_(of_all, matching(seen, **columns)))


async def asked(
    session: AsyncSession, caller: Caller, agency: str, *, answered: bool
) -> Sequence[tuple[Consultation, Dossier]]:
    """Return what is asked of a caller's unit and agency: what waits, the soonest due first, or was answered last.

    What nobody answered before the dossier was decided waits no more, nor what was taken back.
    """
    open_ones = (Consultation.answered_at.is_(None), Consultation.withdrawn_at.is_(None))
    waits = and_(*open_ones, Dossier.closed_at.is_(None))
    order = Consultation.answered_at.desc() if answered else Consultation.due_at
    found = (
        select(Consultation, Dossier)
        .join(Dossier, Dossier.code == Consultation.dossier_code)
        .where(asked_of(caller, agency), Consultation.answered_at.is_not(None) if answered else waits)
        .order_by(order, Consultation.id)
        .limit(MOST)
    )
    return (await session.execute(found)).tuples().all()


async def one_asked(
    session: AsyncSession, caller: Caller, agency: str, consultation_id: uuid.UUID, *, lock: bool = False
) -> tuple[Consultation, Dossier]:
    """Return one request that the caller may answer, with its dossier. Raises: NotFoundError."""
    wanted = select(Consultation).where(Consultation.id == consultation_id, asked_of(caller, agency))
    found = await session.scalar(wanted.with_for_update() if lock else wanted)
    if found is None:
        raise NotFoundError(consultation=str(consultation_id))
    dossier = await session.get_one(Dossier, found.dossier_code)
    return found, dossier


async def places(session: AsyncSession, agency: str, day: date) -> list[tuple[Agency, str | None, bool]]:
    """Return where an opinion can be asked for: the units of an agency and every other one there is on a local day.

    With each comes whether anybody there can answer. Source: TN Đ.11.4.d; R-PRC-07; R-CAT-03
    """
    able = or_(*(Officer.roles.contains([role]) for role in sorted(who_may(Right.TAKE_STEP))))
    there = select(Officer.agency, Officer.unit).where(Officer.active, able).distinct()
    staffed = (await session.execute(there)).tuples().all()
    manned = {code for code, _ in staffed}
    listed = await session.scalars(select(Agency).order_by(Agency.name, Agency.code))
    known = {one.code: one for one in listed if not one.ended(day)}
    units = sorted(unit for code, unit in staffed if code == agency and unit)
    own = [(known[agency], unit, True) for unit in units if agency in known]
    return [*own, *((one, None, code in manned) for code, one in known.items() if code != agency)]


async def agency_ended_on(session: AsyncSession, code: str, day: date) -> date | None:
    """Return since when an agency is merged or closed, None where it still is on a local day. Source: R-CAT-03"""
    agency = await session.get(Agency, code)
    return agency.valid_to if agency and agency.ended(day) else None


async def agency_names(session: AsyncSession, codes: Sequence[str]) -> dict[str, str]:
    """Return the names of agencies by code."""
    found = select(Agency.code, Agency.name).where(Agency.code.in_(codes))
    return dict((await session.execute(found)).tuples().all())
