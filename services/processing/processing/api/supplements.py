"""What is missing in a dossier that is handled: its officer drafts it, the desk asks for it."""

from common.api import SessionDep
from fastapi import APIRouter
from procedures import FreeItem
from pydantic import BaseModel, Field
from regulation.typed import Line, Reason, Typed

from processing.api.actions import VersionBody
from processing.api.deps import VisitDep, for_deed
from processing.api.dossiers import dossier_out
from processing.api.shapes import DossierOut
from processing.domain.deeds import Deed
from processing.domain.supplement import Gap
from processing.usecases.draft_supplement import draft_supplement

router = APIRouter(prefix="/api/processing/agencies/{agency}/dossiers/{code}", tags=["supplements"])


class AskedBody(BaseModel):
    """A published component that is missing or wrong, and what the applicant is to do about it."""

    component: str = Field(max_length=80)
    note: Line = ""


class FreeItemBody(BaseModel):
    """Something outside the published list; without its legal basis it is refused."""

    text: Reason
    legal_basis: Line = ""


class DraftSupplementBody(VersionBody):
    """One complete request: reason, guidance, and everything that is wanted."""

    reason: Typed = Field(max_length=4000)
    guidance: Typed = Field(max_length=4000)
    items: list[AskedBody] = Field(default_factory=list, max_length=200)
    free_items: list[FreeItemBody] = Field(default_factory=list, max_length=20)

    def gap(self) -> Gap:
        """Return what is missing."""
        items = [(item.component, item.note) for item in self.items]
        free = [FreeItem(item.text, item.legal_basis) for item in self.free_items]
        return Gap(self.reason, self.guidance, items, free)


@router.post("/supplement-draft", dependencies=[for_deed(Deed.SUPPLEMENT_DRAFT)])
async def draft(visit: VisitDep, body: DraftSupplementBody, session: SessionDep) -> DossierOut:
    """Draft what the applicant is to add; the desk sends it as a signed request, and the clock waits from then on."""
    dossier = await draft_supplement(
        session, visit.target, version=body.version, gap=body.gap(), now=visit.now
    )
    return await dossier_out(session, dossier, visit)
