"""Who is away and who stands in, and dossiers handed over with a reason."""

import uuid
from collections.abc import Sequence

from common.api import NowDep, SessionDep
from common.api.deps import only_for
from common.errors import NotFoundError
from common.security import Caller
from fastapi import APIRouter
from pydantic import BaseModel, Field
from regulation.days import Day
from regulation.roles import Right, who_may
from regulation.typed import Typed
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.api.actions import VersionBody
from processing.api.assignment_out import AbsenceOut, absence_out
from processing.api.deps import AgencyPath, OfficerDep, VisitDep, for_deed
from processing.api.dossiers import dossier_out
from processing.api.officers import OfficerOut
from processing.api.shapes import DossierOut
from processing.domain.absence import Away
from processing.domain.deeds import Deed
from processing.models import Absence
from processing.queries import absences
from processing.usecases.end_absence import end_absence
from processing.usecases.record_absence import record_absence
from processing.usecases.transfer_dossier import transfer_dossier
from processing.usecases.transfer_dossiers import Order, transfer_dossiers

router = APIRouter(prefix="/api/processing/agencies/{agency}", tags=["absences"])
COLLEAGUES = [only_for(who_may(Right.TAKE_STEP))]


class RecordAbsenceBody(BaseModel):
    """Who is away on which local days, both counted; nobody named means the caller."""

    officer_id: str | None = Field(default=None, max_length=100)
    from_on: Day
    to_on: Day
    substitute_id: str | None = Field(default=None, max_length=100)


class TransferDossierBody(VersionBody):
    """Who gets the dossier, and why."""

    officer_id: str = Field(max_length=100)
    reason: Typed = Field(max_length=4000)


class TransferDossiersBody(BaseModel):
    """Whose open dossiers go to whom, and why; nobody named means the caller's own."""

    from_officer: str | None = Field(default=None, max_length=100)
    officer_id: str = Field(max_length=100)
    reason: Typed = Field(max_length=4000)


class TransferredOut(BaseModel):
    """What went over, and what stayed because the new officer cannot do its step."""

    moved: list[str]
    left: list[str]


class ColleagueOut(OfficerOut):
    """An officer of the caller's agency, and until when he is away, if he is."""

    absent_until: Day | None


@router.get("/colleagues", dependencies=COLLEAGUES)
async def list_colleagues(
    agency: AgencyPath, caller: OfficerDep, session: SessionDep, now: NowDep
) -> list[ColleagueOut]:
    """List who works on dossiers in the caller's agency, to whom a dossier can go or who can stand in."""
    _expect_own(caller, agency)
    away = await absences.on_day(session, agency, local_day(now))
    return [
        ColleagueOut(
            id=one.id,
            name=one.display_name,
            unit=one.unit,
            roles=one.roles,
            absent_until=away[one.id].to_on if one.id in away else None,
        )
        for one in await queries.officers_of(session, agency)
        if who_may(Right.TAKE_STEP) & {*one.roles}
    ]


@router.get("/absences", dependencies=COLLEAGUES)
async def list_absences(
    agency: AgencyPath, caller: OfficerDep, session: SessionDep, now: NowDep
) -> list[AbsenceOut]:
    """List who of the caller's agency is away from today on, the first to go first."""
    _expect_own(caller, agency)
    return await _out(session, await absences.from_day(session, agency, local_day(now)), caller)


@router.post("/absences", dependencies=COLLEAGUES)
async def record_one(
    agency: AgencyPath, body: RecordAbsenceBody, caller: OfficerDep, session: SessionDep, now: NowDep
) -> AbsenceOut:
    """Record one's own absence, or as a leader that of another officer."""
    away = Away(body.officer_id or caller.subject, body.from_on, body.to_on, body.substitute_id or None)
    return (await _out(session, [await record_absence(session, caller, agency, away, now)], caller))[0]


@router.post("/absences/{absence_id}/end", dependencies=COLLEAGUES)
async def end_one(
    agency: AgencyPath, absence_id: uuid.UUID, caller: OfficerDep, session: SessionDep, now: NowDep
) -> AbsenceOut:
    """End an absence before its last day."""
    return (await _out(session, [await end_absence(session, caller, agency, absence_id, now)], caller))[0]


@router.post("/dossiers/{code}/transfer", dependencies=[for_deed(Deed.TRANSFER)])
async def transfer(visit: VisitDep, body: TransferDossierBody, session: SessionDep) -> DossierOut:
    """Hand the dossier over to another officer of its unit, with the reason in its history."""
    dossier = await transfer_dossier(
        session,
        visit.target,
        version=body.version,
        officer_id=body.officer_id,
        reason=body.reason,
        now=visit.now,
    )
    return await dossier_out(session, dossier, visit)


@router.post("/transfers", dependencies=[for_deed(Deed.TRANSFER)])
async def transfer_all(
    agency: AgencyPath, body: TransferDossiersBody, caller: OfficerDep, session: SessionDep, now: NowDep
) -> TransferredOut:
    """Hand all open dossiers of an officer over to another one."""
    order = Order(body.from_officer or caller.subject, body.officer_id, body.reason)
    done = await transfer_dossiers(session, caller, agency, order, now)
    return TransferredOut(moved=done.moved, left=done.left)


def _expect_own(caller: Caller, agency: str) -> None:
    if caller.agency != agency:
        raise NotFoundError


async def _out(session: AsyncSession, kept: Sequence[Absence], caller: Caller) -> list[AbsenceOut]:
    names = await queries.officer_names(
        session, [who for one in kept for who in (one.officer_id, one.substitute_id)]
    )
    endable = await absences.endable(session, kept, caller)
    return [absence_out(one, names, endable=one.id in endable) for one in kept]
