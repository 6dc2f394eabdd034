"""Statements about oneself that other services rely on."""

from common.api import CallerDep, SessionDep
from common.api.deps import only_for
from fastapi import APIRouter
from pydantic import BaseModel, Field
from regulation.roles import Right, who_may

from identity.api.deps import VisitDep
from identity.api.tokens import signed
from identity.domain.registered import Population
from identity.domain.statements import DESK, LIFE, NUMBER, POPULATION
from identity.usecases.state_authorisation import state_authorisation
from identity.usecases.state_number import state_number
from identity.usecases.state_population import state_population

router = APIRouter(prefix="/api/identity/me", tags=["me"])


class StatementOut(BaseModel):
    """A signed statement, None where there is nothing to state."""

    statement: str | None


class DeskStatementBody(BaseModel):
    """Which procedure the caller wants to settle at the desk."""

    procedure: str = Field(max_length=40)


@router.post("/number-statements")
async def state(caller: CallerDep, session: SessionDep, visit: VisitDep) -> StatementOut:
    """State one's own identity number where the identity provider proved it."""
    number = await state_number(session, caller)
    if number is None:
        return StatementOut(statement=None)
    claims: dict[str, object] = {"sub": caller.subject, "aud": NUMBER, "number": number}
    return StatementOut(statement=await signed(session, visit.built, claims, visit.now, LIFE))


@router.post("/desk-statements", dependencies=[only_for(who_may(Right.ACCEPT_DOSSIER))])
async def state_desk(
    body: DeskStatementBody, caller: CallerDep, session: SessionDep, visit: VisitDep
) -> StatementOut:
    """State by which decision the caller settles a procedure at the desk today."""
    found = await state_authorisation(session, caller, body.procedure, visit.now)
    if found is None:
        return StatementOut(statement=None)
    claims: dict[str, object] = {
        "sub": caller.subject,
        "aud": DESK,
        "number": found.decision_number,
        "procedure": body.procedure,
        "agency": found.agency,
        "until": found.until_on.isoformat(),
    }
    return StatementOut(statement=await signed(session, visit.built, claims, visit.now, LIFE))


class PopulationOut(BaseModel):
    """How the caller's right to use the population database stands, and a statement of it while it is active."""

    state: Population
    statement: str | None


@router.post("/population-statements", dependencies=[only_for(who_may(Right.READ_OFFICERS))])
async def state_right(caller: CallerDep, session: SessionDep, visit: VisitDep) -> PopulationOut:
    """State that the caller may use the population database today."""
    needed = visit.built.rules.commitment_needed
    state = await state_population(session, caller, needed=needed, now=visit.now)
    if state is not Population.ACTIVE:
        return PopulationOut(state=state, statement=None)
    claims: dict[str, object] = {"sub": caller.subject, "aud": POPULATION, "agency": caller.agency}
    return PopulationOut(state=state, statement=await signed(session, visit.built, claims, visit.now, LIFE))
