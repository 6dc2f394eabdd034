"""Which agencies have overdue dossiers, and reminding one of them."""

import uuid
from datetime import datetime
from typing import Annotated

from common.api import CallerDep, IdempotencyDep, LangDep, NowDep, SessionDep
from common.api.deps import only_for
from fastapi import APIRouter, Path
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from regulation.roles import Right, who_may

from notify.api.deps import BuiltDep
from notify.queries.overdue import overdue_agencies
from notify.usecases.remind_agency import remind_agency
from notify.usecases.tell import tell

router = APIRouter(
    prefix="/api/notify/overdue-agencies",
    tags=["overdue agencies"],
    dependencies=[only_for(who_may(Right.URGE_AGENCY))],
)


class OverdueAgencyOut(BaseModel):
    """An agency with overdue dossiers: how many, since when the oldest is due, and when it was last reminded."""

    agency: str
    name: str
    count: int
    since: datetime
    reminded_at: datetime | None


class OverdueAgenciesOut(BaseModel):
    """The agencies with overdue dossiers, the one with most first."""

    items: list[OverdueAgencyOut]


class ReminderOut(BaseModel):
    """A reminder that was sent: of how many dossiers, and to how many heads."""

    id: uuid.UUID
    agency: str
    reminded_at: datetime
    overdue_count: int
    told_count: int


@router.get("")
async def overdue(session: SessionDep, lang: LangDep) -> OverdueAgenciesOut:
    """List the agencies with overdue dossiers."""
    return OverdueAgenciesOut(
        items=[
            OverdueAgencyOut(
                agency=one.code,
                name=one.name_en if lang == "en" else one.name,
                count=one.count,
                since=one.since,
                reminded_at=one.reminded_at,
            )
            for one in await overdue_agencies(session)
        ]
    )


@router.post("/{agency}/reminders", status_code=201, response_model=ReminderOut)
async def remind(
    *,
    agency: Annotated[str, Path(max_length=40)],
    caller: CallerDep,
    session: SessionDep,
    built: BuiltDep,
    now: NowDep,
    idem: IdempotencyDep,
) -> ReminderOut | JSONResponse:
    """Remind the heads of an agency of its overdue dossiers."""
    if hit := await idem.replay(session):
        return hit
    row, notice = await remind_agency(session, caller, agency, now)
    await tell(session, [notice], built.writer)
    out = ReminderOut.model_validate(row, from_attributes=True)
    await idem.remember(session, 201, out)
    return out
