"""What is signed and compared at pick-up, as it leaves intake, and the route that keeps what was found."""

from fastapi import APIRouter
from pydantic import BaseModel, Field
from regulation.typed import Line

from intake.api.deps import VisitDep, for_deed
from intake.api.dossier_out import show
from intake.api.dossier_shapes import DossierOut
from intake.api.outcomes import ActBody
from intake.domain.deeds import Deed
from intake.domain.pickup import Finding
from intake.usecases.compare_papers import compare_papers

router = APIRouter(prefix="/api/intake/dossiers/{code}", tags=["desk"])


class FindingBody(BaseModel):
    """What was found of one component; what does not match is described."""

    component: str = Field(max_length=80)
    finding: Finding
    note: Line = ""


class CompareBody(ActBody):
    """Findings at pick-up; what is not named stays as it was."""

    items: list[FindingBody] = Field(min_length=1, max_length=200)


@router.put("/comparison", dependencies=[for_deed(Deed.COMPARISON)])
async def compare(code: str, body: CompareBody, visit: VisitDep) -> DossierOut:
    """Keep what was signed and what was found beside the originals."""
    found = [(item.component, item.finding, item.note) for item in body.items]
    async with visit.watched(code):
        dossier = await compare_papers(visit.act(code, body.version), visit.means.rules, found)
    return await show(visit, dossier)
