"""Opinions of other units and agencies: ask for one, find what is asked, answer it."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from audit import note
from common.api import NowDep, SessionDep
from common.api.deps import only_for
from common.errors import NotFoundError
from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field
from regulation.codes import agency as agency_codes
from regulation.durations import Duration
from regulation.roles import Right, who_may
from regulation.typed import Typed
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.api.actions import VersionBody
from processing.api.consultation_out import ConsultationOut, consultation_out
from processing.api.deps import AgencyPath, OfficerDep, VisitDep, for_deed
from processing.api.dossiers import dossier_out
from processing.api.shapes import DossierOut
from processing.domain.consultation import Request
from processing.domain.deeds import Deed
from processing.models import Consultation, Dossier
from processing.queries import consultations
from processing.usecases.answer_consultation import answer_consultation
from processing.usecases.request_consultation import request_consultation
from processing.usecases.withdraw_consultation import withdraw_consultation

router = APIRouter(prefix="/api/processing/agencies/{agency}", tags=["consultations"])


class RequestConsultationBody(VersionBody):
    """Whom to ask what, and within which working time, as `4 wh` or `2 wd`; no unit means the whole agency."""

    agency: str = Field(pattern=r"^[A-Za-z0-9.]+$", max_length=agency_codes.LONGEST)
    unit: str | None = Field(default=None, max_length=200)
    question: Typed = Field(max_length=4000)
    within: str = Field(pattern=r"^[1-9][0-9]? (wh|wd)$")

    def request(self) -> Request:
        """Return what is asked."""
        return Request(self.agency, self.unit or None, self.question, Duration.parse(self.within))


class WithdrawConsultationBody(VersionBody):
    """Why the opinion is not needed any more."""

    reason: Typed = Field(max_length=4000)


Number = Annotated[int, Path(ge=1, le=9999, description="Number of the request within the dossier")]


class AnswerConsultationBody(BaseModel):
    """The opinion of the unit or agency."""

    answer: Typed = Field(max_length=8000)


class AskedOut(ConsultationOut):
    """What is asked of the caller's unit or agency, about which dossier of whom; nothing else of the dossier."""

    dossier_code: str
    procedure_name: str
    asking_agency: str
    asking_agency_name: str
    answerable: bool


class ConsultedPlaceOut(BaseModel):
    """Where an opinion can be asked for, and whether anybody there could answer."""

    agency: str
    name: str
    unit: str | None
    staffed: bool


@router.post("/dossiers/{code}/consultation", dependencies=[for_deed(Deed.CONSULTATION)])
async def ask(visit: VisitDep, body: RequestConsultationBody, session: SessionDep) -> DossierOut:
    """Ask another unit or agency for its opinion; the clock of the dossier runs on."""
    dossier = await request_consultation(
        session, visit.target, version=body.version, request=body.request(), now=visit.now, rules=visit.rules
    )
    return await dossier_out(session, dossier, visit)


@router.post("/dossiers/{code}/consultations/{number}/withdrawal", dependencies=[for_deed(Deed.CONSULTATION)])
async def withdraw(
    visit: VisitDep, number: Number, body: WithdrawConsultationBody, session: SessionDep
) -> DossierOut:
    """Take a request back with its reason; who was asked is told."""
    dossier = await withdraw_consultation(
        session, visit.target, number, version=body.version, reason=body.reason, now=visit.now
    )
    return await dossier_out(session, dossier, visit)


@router.get("/consulted-places", dependencies=[only_for(who_may(Right.HANDLE_DOSSIER))])
async def list_places(
    agency: AgencyPath, caller: OfficerDep, session: SessionDep, now: NowDep
) -> list[ConsultedPlaceOut]:
    """List the units of the caller's agency and every other agency."""
    if caller.agency != agency:
        raise NotFoundError
    found = await consultations.places(session, agency, local_day(now))
    return [
        ConsultedPlaceOut(agency=one.code, name=one.name, unit=unit, staffed=staffed)
        for one, unit, staffed in found
    ]


@router.get("/consultations", dependencies=[only_for(who_may(Right.TAKE_STEP))])
async def list_asked(
    *,
    agency: AgencyPath,
    caller: OfficerDep,
    session: SessionDep,
    now: NowDep,
    answered: Annotated[bool, Query()] = False,
) -> list[AskedOut]:
    """List what is asked of the caller's unit and agency, the soonest due first, or what was answered last."""
    found = await consultations.asked(session, caller, agency, answered=answered)
    return await _asked_out(session, found, now)


@router.get("/consultations/{consultation_id}", dependencies=[only_for(who_may(Right.TAKE_STEP))])
async def show_asked(
    *, agency: AgencyPath, consultation_id: uuid.UUID, caller: OfficerDep, session: SessionDep, now: NowDep
) -> AskedOut:
    """Show one request to who may answer it."""
    found = await consultations.one_asked(session, caller, agency, consultation_id)
    note(subject=_part_of(found))
    return (await _asked_out(session, [found], now))[0]


@router.post("/consultations/{consultation_id}/answer", dependencies=[only_for(who_may(Right.TAKE_STEP))])
async def answer(
    *,
    agency: AgencyPath,
    consultation_id: uuid.UUID,
    caller: OfficerDep,
    body: AnswerConsultationBody,
    session: SessionDep,
    now: NowDep,
) -> AskedOut:
    """Give the opinion; it is attached to the dossier."""
    found = await answer_consultation(session, caller, agency, consultation_id, answer=body.answer, now=now)
    note(subject=_part_of(found))
    return (await _asked_out(session, [found], now))[0]


def _part_of(found: tuple[Consultation, Dossier]) -> str:
    """Name a request as a part of its dossier, so that the access log tells who read it beside who read the dossier."""
    asked, dossier = found
    return f"{dossier.code}/{asked.id}"


async def _asked_out(
    session: AsyncSession, found: Sequence[tuple[Consultation, Dossier]], now: datetime
) -> list[AskedOut]:
    people = [who for one, _ in found for who in (one.asked_by, one.answered_by)]
    names = await queries.officer_names(session, people)
    codes = [code for one, dossier in found for code in (one.agency, dossier.agency)]
    agencies = await consultations.agency_names(session, codes)
    return [
        AskedOut(
            **consultation_out(one, dossier.closed_at, names, agencies, now).model_dump(),
            dossier_code=dossier.code,
            procedure_name=dossier.procedure_name,
            asking_agency=dossier.agency,
            asking_agency_name=agencies.get(dossier.agency, dossier.agency),
            answerable=one.answered_at is None and one.withdrawn_at is None and not dossier.closed,
        )
        for one, dossier in found
    ]
