"""What an agency waits for from the applicant."""

from datetime import date, datetime

from common.api import CallerDep, LangDep, NowDep, SessionDep
from common.api.deps import only_for
from fastapi import APIRouter
from pydantic import BaseModel
from regulation.roles import Right, who_may
from regulation.zone import local_day

from intake.queries.catalogue import agency_names
from intake.queries.dossiers import open_requests
from intake.queries.letters import procedure_of

router = APIRouter(prefix="/api/intake", tags=["requests"])


class WantedOut(BaseModel):
    """One thing asked for, by name."""

    component: str | None
    name: str
    note: str


class OpenRequestOut(BaseModel):
    """An open request with its last day."""

    kind: str
    code: str
    number: int
    procedure_name: str
    agency_name: str
    requested_at: datetime
    answer_by_on: date
    overdue: bool
    reason: str
    guidance: str
    items: list[WantedOut]


class OpenRequestListOut(BaseModel):
    """All open requests of the caller, the most urgent first."""

    items: list[OpenRequestOut]
    total: int


@router.get("/requests", dependencies=[only_for(who_may(Right.FOLLOW_DOSSIER))])
async def requests(session: SessionDep, caller: CallerDep, lang: LangDep, now: NowDep) -> OpenRequestListOut:
    """List what the caller still has to send."""
    items = []
    for request, dossier in await open_requests(session, caller):
        procedure = await procedure_of(session, dossier)
        names = await agency_names(session, {dossier.receiving_point})
        known = {component.id: component.label(lang) for component in procedure.components}
        agency = names.get(dossier.receiving_point)
        asked = [
            WantedOut(component=item["component"], name=known.get(item["component"], ""), note=item["note"])
            for item in request.items
        ] + [
            WantedOut(component=f"free-{place}", name=item["text"], note=item["legal_basis"])
            for place, item in enumerate(request.free_items, start=1)
        ]
        items.append(
            OpenRequestOut(
                kind="supplement",
                code=dossier.code,
                number=request.number,
                procedure_name=procedure.title(lang),
                agency_name=agency.title(lang) if agency else dossier.receiving_point,
                requested_at=request.requested_at,
                answer_by_on=request.answer_by_on,
                overdue=request.answer_by_on < local_day(now),
                reason=request.reason,
                guidance=request.guidance,
                items=asked,
            )
        )
    return OpenRequestListOut(items=items, total=len(items))
