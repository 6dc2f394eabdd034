"""Late entries: what was received on paper during an outage and waits for a second person."""

from datetime import datetime

from common.api.deps import only_for
from fastapi import APIRouter
from pydantic import BaseModel
from regulation.roles import Right, who_may

from intake.api.deps import VisitDep, for_deed
from intake.api.dossier_out import show
from intake.api.dossier_shapes import DossierOut
from intake.api.outcomes import ActBody
from intake.domain.deeds import Deed
from intake.queries.late import late_entries, outages
from intake.usecases.confirm_late_entry import confirm_late_entry

router = APIRouter(prefix="/api/intake", tags=["desk"])


class OutageOut(BaseModel):
    """A declared outage."""

    number: str
    began_at: datetime | None
    ended_at: datetime | None


class LateRow(BaseModel):
    """A late entry that waits for a second person."""

    code: str
    version: int
    applicant_name: str
    received_at: datetime
    form_number: str
    written_at: datetime


class LateEntriesOut(BaseModel):
    """The outages to choose from, and what waits; `allowed` is false where the regulation provides for none."""

    allowed: bool
    outages: list[OutageOut]
    items: list[LateRow]


@router.get("/desk/late-entries", dependencies=[only_for(who_may(Right.ACCEPT_DOSSIER))])
async def late(visit: VisitDep) -> LateEntriesOut:
    """List declared outages and the late entries of the own desk that wait."""
    allowed = visit.means.rules.backfill
    known = await outages(visit.session, visit.now) if allowed else ()
    return LateEntriesOut(
        allowed=allowed,
        outages=[OutageOut(number=o.number, began_at=o.began_at, ended_at=o.ended_at) for o in known],
        items=[
            LateRow(
                code=one.code,
                version=one.version,
                applicant_name=one.applicant_name,
                received_at=one.received_at,
                form_number=one.late_form or "",
                written_at=one.check_started_at,
            )
            for one in await late_entries(visit.session, visit.caller)
        ],
    )


@router.post("/dossiers/{code}/late-confirmation", dependencies=[for_deed(Deed.LATE_CONFIRMATION)])
async def confirm(code: str, body: ActBody, visit: VisitDep) -> DossierOut:
    """Confirm a late entry as the second person."""
    async with visit.watched(code):
        dossier = await confirm_late_entry(visit.act(code, body.version))
    return await show(visit, dossier)
