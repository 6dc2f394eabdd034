"""What changed on the caller's own dossiers since an instant."""

from datetime import datetime

from common.api import CallerDep, LangDep, SessionDep
from common.api.deps import only_for
from fastapi import APIRouter
from pydantic import BaseModel
from regulation.days import Moment
from regulation.roles import Right, who_may

from intake.api.dossier_out import row_of
from intake.domain.labels import action_label
from intake.queries.changes import changes_since

router = APIRouter(prefix="/api/intake", tags=["dossiers"])


class DeedRow(BaseModel):
    """One thing that was done to a dossier."""

    at: datetime
    label: str


class ChangedDossierOut(BaseModel):
    """A dossier that changed: where it stands now, and what was done, the newest first."""

    code: str
    procedure_name: str
    state_label: str
    tone: str
    changes: list[DeedRow]


class ChangesOut(BaseModel):
    """The own dossiers that changed, the one that changed last first."""

    items: list[ChangedDossierOut]


@router.get("/changes", dependencies=[only_for(who_may(Right.FOLLOW_DOSSIER))])
async def changes(since: Moment, session: SessionDep, caller: CallerDep, lang: LangDep) -> ChangesOut:
    """Tell what others did to the caller's own dossiers since an instant. Source: BD Đ.15.4; R-TRK-14"""
    found: dict[str, ChangedDossierOut] = {}
    for dossier, step in await changes_since(session, caller, since):
        if dossier.code not in found:
            row = await row_of(session, dossier, lang)
            known = row.model_dump(include={"code", "procedure_name", "state_label", "tone"})
            found[dossier.code] = ChangedDossierOut(**known, changes=[])
        found[dossier.code].changes.append(DeedRow(at=step.at, label=action_label(step.action, lang)))
    return ChangesOut(items=list(found.values()))
