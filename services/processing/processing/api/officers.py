"""The officers of an agency to whom a dossier can be given."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from common.api import SessionDep
from common.api.deps import only_for
from common.errors import NotFoundError
from fastapi import APIRouter, Path
from pydantic import BaseModel
from regulation.roles import Right, Role, view, who_may

from processing import queries
from processing.api.deps import AgencyPath, OfficerDep
from processing.queries import assignments

OfficerPath = Annotated[str, Path(max_length=100)]
router = APIRouter(prefix="/api/processing/agencies/{agency}/officers", tags=["officers"])


class OfficerOut(BaseModel):
    """An officer by id and name."""

    id: str
    name: str
    unit: str | None = None
    roles: list[str] = []
    open_count: int | None = None


def person(officer_id: str | None, names: Mapping[str, str]) -> OfficerOut | None:
    """Name an officer; one whose name has not arrived is shown by id."""
    return None if officer_id is None else OfficerOut(id=officer_id, name=names.get(officer_id, officer_id))


class OpenDossierOut(BaseModel):
    """An open dossier that somebody else must take over when its officer leaves."""

    code: str
    step_name: str
    due_at: datetime | None


@router.get("/{officer_id}/open-dossiers", dependencies=[only_for(who_may(Right.GRANT_RIGHTS))])
async def list_open(
    agency: AgencyPath, officer_id: OfficerPath, caller: OfficerDep, session: SessionDep
) -> list[OpenDossierOut]:
    """List what is in an officer's hands, the soonest due first, to who looks after the account.

    Source: QT Đ.11.3; R-ACC-19
    """
    if not view(Right.GRANT_RIGHTS, caller).reaches(agency):
        raise NotFoundError
    found = await assignments.open_of(session, agency, officer_id)
    return [OpenDossierOut(code=one.code, step_name=one.step_name or "", due_at=one.due_at) for one in found]


@router.get("", dependencies=[only_for(who_may(Right.ASSIGN_DOSSIER))])
async def list_officers(agency: AgencyPath, caller: OfficerDep, session: SessionDep) -> list[OfficerOut]:
    """List the active specialists of the caller's agency with their open dossiers, to who assigns them."""
    if caller.agency != agency:
        raise NotFoundError
    loads = await queries.open_counts(session, agency)
    return [
        OfficerOut(
            id=officer.id,
            name=officer.display_name,
            unit=officer.unit,
            roles=officer.roles,
            open_count=loads.get(officer.id, 0),
        )
        for officer in await queries.officers_of(session, agency, role=Role.SPECIALIST)
    ]
