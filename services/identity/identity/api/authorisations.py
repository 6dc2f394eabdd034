"""By which decisions an officer settles procedures at the desk: list, give, withdraw."""

import uuid
from datetime import date, datetime
from typing import Annotated

from audit import note
from common.api import CallerDep, IdempotencyDep, SessionDep
from common.api.deps import FRESH_PROOF, only_for
from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel, Field, StringConstraints
from regulation.days import Day
from regulation.roles import Right, Role, is_another_person, who_may
from regulation.typed import Typed
from regulation.zone import local_day

from identity.api.deps import VisitDep
from identity.api.helping import ReasonBody
from identity.domain.authorising import MOST, AuthorisingDecision
from identity.models import DeskAuthorisation
from identity.usecases.authorise_desk import authorise_desk
from identity.usecases.read_authorisations import read_authorisations
from identity.usecases.withdraw_authorisation import withdraw_authorisation

router = APIRouter(
    prefix="/api/identity/officers/{officer_id}/authorisations",
    tags=["officers"],
    dependencies=[only_for(who_may(Right.GRANT_RIGHTS))],
)
ProcedureCode = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9A-Za-z.\-]{1,40}$")]


class AuthorisationBody(BaseModel):
    """By which decision, which procedures, and the first and last day."""

    decision_number: Typed = Field(min_length=1, max_length=60)
    procedures: list[ProcedureCode] = Field(min_length=1, max_length=MOST)
    from_on: Day
    until_on: Day


class AuthorisationOut(BaseModel):
    """An authorisation, and whether it counts today."""

    id: uuid.UUID
    agency: str
    decision_number: str
    procedures: list[str]
    from_on: date
    until_on: date
    given_at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str | None
    counts: bool

    @classmethod
    def of(cls, row: DeskAuthorisation, today: date) -> "AuthorisationOut":
        """Show one as it stands on a day."""
        told = {name: getattr(row, name) for name in cls.model_fields if name != "counts"}
        return cls(**told, counts=row.counts(today))


class AuthorisationList(BaseModel):
    """An officer's authorisations, the newest first, and whether the caller may give one."""

    items: list[AuthorisationOut]
    may_give: bool


@router.get("")
async def listing(
    officer_id: uuid.UUID, caller: CallerDep, session: SessionDep, visit: VisitDep
) -> AuthorisationList:
    """List an officer's authorisations, those over and withdrawn too."""
    office, visitor, now = visit.built.rules.office_grants, visit.visitor, visit.now
    account, rows = await read_authorisations(
        session, caller, str(officer_id), office_grants=office, visitor=visitor, now=now
    )
    receives = Role.DESK_OFFICER in account.roles and is_another_person(caller.subject, str(account.id))
    items = [AuthorisationOut.of(row, local_day(now)) for row in rows]
    return AuthorisationList(items=items, may_give=account.active and receives)


@router.post("", dependencies=[FRESH_PROOF], status_code=201, response_model=AuthorisationOut)
async def give(
    *,
    officer_id: uuid.UUID,
    body: AuthorisationBody,
    caller: CallerDep,
    session: SessionDep,
    visit: VisitDep,
    idem: IdempotencyDep,
) -> AuthorisationOut | Response:
    """Authorise a desk officer by decision."""
    note(purpose=body.decision_number)
    if (hit := await idem.replay(session)) is not None:
        return hit
    named = tuple(dict.fromkeys(body.procedures))
    decision = AuthorisingDecision(body.decision_number, named, body.from_on, body.until_on)
    office, visitor, now = visit.built.rules.office_grants, visit.visitor, visit.now
    made = await authorise_desk(
        session, caller, str(officer_id), decision, office_grants=office, visitor=visitor, now=now
    )
    answer = AuthorisationOut.of(made, local_day(now))
    await idem.remember(session, 201, answer)
    return answer


@router.post("/{authorisation_id}/withdrawal", dependencies=[FRESH_PROOF], status_code=204)
async def withdraw(
    *,
    officer_id: uuid.UUID,
    authorisation_id: uuid.UUID,
    body: ReasonBody,
    caller: CallerDep,
    session: SessionDep,
    visit: VisitDep,
) -> None:
    """Withdraw an authorisation, and say why."""
    note(purpose=body.reason)
    office, visitor, now = visit.built.rules.office_grants, visit.visitor, visit.now
    await withdraw_authorisation(
        session,
        caller,
        str(officer_id),
        authorisation_id,
        body.reason,
        office_grants=office,
        visitor=visitor,
        now=now,
    )
