"""Statements about oneself that other services rely on."""

from common.api import CallerDep, SessionDep
from fastapi import APIRouter
from pydantic import BaseModel

from identity.api.deps import VisitDep
from identity.api.tokens import signed
from identity.domain.statements import LIFE, NUMBER
from identity.usecases.state_number import state_number

router = APIRouter(prefix="/api/identity/me", tags=["me"])


class StatementOut(BaseModel):
    """A signed statement, None where there is nothing to state."""

    statement: str | None


@router.post("/number-statements")
async def state(caller: CallerDep, session: SessionDep, visit: VisitDep) -> StatementOut:
    """State one's own identity number where the identity provider proved it."""
    number = await state_number(session, caller)
    if number is None:
        return StatementOut(statement=None)
    claims: dict[str, object] = {"sub": caller.subject, "aud": NUMBER, "number": number}
    return StatementOut(statement=await signed(session, visit.built, claims, visit.now, LIFE))
