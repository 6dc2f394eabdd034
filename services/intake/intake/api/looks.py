"""Who looked at the caller's dossiers, when and why."""

from datetime import datetime
from typing import Annotated

from common.api import CallerDep, LangDep, Page, SessionDep
from common.api.deps import only_for
from fastapi import APIRouter, Query
from pydantic import BaseModel
from regulation.roles import Ground, Part, Right, Role, who_may

from intake.queries.looks import own_looks

router = APIRouter(prefix="/api/intake", tags=["dossiers"])


class LookOut(BaseModel):
    """What an officer opened within an hour and how often; `officer` is unknown until identity told of the name."""

    code: str
    part: str
    part_label: str
    officer: str | None
    role_label: str
    agency_name: str | None
    unit: str | None
    ground: str
    ground_label: str
    first_at: datetime
    last_at: datetime
    count: int


@router.get("/looks", dependencies=[only_for(who_may(Right.FOLLOW_DOSSIER))])
async def looks(
    session: SessionDep,
    caller: CallerDep,
    lang: LangDep,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
) -> Page[LookOut]:
    """List the officers who opened the caller's dossiers, the newest look first."""
    page = await own_looks(session, caller, limit=limit, cursor=cursor)
    items = [
        LookOut(
            code=look.dossier_code,
            part=look.part,
            part_label=Part(look.part).said(lang),
            officer=name,
            role_label=Role(look.role).said(lang),
            agency_name=agency.title(lang) if agency else look.agency,
            unit=look.unit,
            ground=look.ground,
            ground_label=Ground(look.ground).said(lang),
            first_at=look.first_at,
            last_at=look.last_at,
            count=look.count,
        )
        for look, name, agency in page.items
    ]
    return Page(items=items, total=page.total, next=page.next)
