"""Settling at once, by an authorisation that identity states."""

from datetime import date
from typing import Annotated

from common.errors import UnauthenticatedError
from fastapi import APIRouter, Request
from pydantic import Field, StringConstraints
from regulation.typed import Tidied

from intake.api.deps import VisitDep, for_deed
from intake.api.dossier_out import show
from intake.api.dossier_shapes import DossierOut
from intake.api.outcomes import ActBody
from intake.domain.deeds import Deed
from intake.domain.settling import AtOnce, Authorisation, NotAuthorisedToSettleError
from intake.usecases.accept_dossier import accept_dossier

router = APIRouter(prefix="/api/intake/dossiers/{code}", tags=["desk"])
DESK = "motcua-desk-authorisation"
"""What identity's statements about an authorisation are for."""
Result = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), Tidied]


class SettleBody(ActBody):
    """What identity states of the caller's authorisation, what was handed over, and whether a receipt is wanted."""

    statement: str = Field(max_length=4000)
    result: Result
    receipt: bool = False


@router.post("/settlement", dependencies=[for_deed(Deed.SETTLEMENT)])
async def settle(code: str, body: SettleBody, request: Request, visit: VisitDep) -> DossierOut:
    """Accept the dossier and return its result at once; intake and result are both on record."""
    authorisation = await _stated(request, body.statement)
    at_once = AtOnce(authorisation, body.result, body.receipt)
    async with visit.watched(code):
        dossier = await accept_dossier(visit.act(code, body.version), visit.means, at_once)
    return await show(visit, dossier)


async def _stated(request: Request, statement: str) -> Authorisation:
    """Read what identity states. Raises: NotAuthorisedToSettleError, where it is no statement of this kind."""
    try:
        said = await request.app.state.verifier.stated(statement, DESK)
        who, number = str(said["sub"]), str(said["number"])
        procedure, agency = str(said["procedure"]), str(said["agency"])
        until = date.fromisoformat(str(said["until"]))
    except (UnauthenticatedError, KeyError, ValueError) as error:
        raise NotAuthorisedToSettleError(rule="R-INT-15") from error
    return Authorisation(who, number, procedure, agency, until)
