"""Joining an account to the dossiers of its person."""

from common.api import CallerDep, NowDep, SessionDep
from common.api.deps import only_for
from common.errors import UnauthenticatedError
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from regulation.roles import Right, who_may

from intake.usecases.join_dossiers import join_dossiers

router = APIRouter(prefix="/api/intake", tags=["dossiers"])
NUMBER = "motcua-number"
"""What identity's statements about a proven number are for."""


class JoinBody(BaseModel):
    """What identity states of the caller's number."""

    model_config = ConfigDict(extra="forbid")

    statement: str = Field(max_length=4000)


class JoinedOut(BaseModel):
    """How many dossiers are the caller's since."""

    joined_count: int


@router.post("/joinings", dependencies=[only_for(who_may(Right.FOLLOW_DOSSIER))])
async def join(
    body: JoinBody, request: Request, session: SessionDep, caller: CallerDep, now: NowDep
) -> JoinedOut:
    """Take over the dossiers that were written down for whoever has the proven number."""
    said = await request.app.state.verifier.stated(body.statement, NUMBER)
    if said.get("sub") != caller.subject:
        raise UnauthenticatedError
    return JoinedOut(joined_count=await join_dossiers(session, caller, str(said["number"]), now=now))
