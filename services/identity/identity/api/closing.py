"""Closing one's account, taking it back, and why an account may only be looked at."""

from datetime import date, datetime

from common.api import AnyCallerDep, CallerDep, SessionDep
from common.errors import PasswordChangeRequiredError
from fastapi import APIRouter, BackgroundTasks
from pydantic import BaseModel, ConfigDict, Field
from regulation.retention import Record
from regulation.zone import local_day

from identity import queries
from identity.api.deps import VisitDep
from identity.models import Suspension
from identity.usecases.close_account import close_account
from identity.usecases.keep_account import keep_account

router = APIRouter(prefix="/api/identity/me", tags=["me"])


class ClosingBody(BaseModel):
    """The password, which proves the person."""

    password: str = Field(min_length=1, max_length=200)


class StandingSuspensionOut(BaseModel):
    """By which decision an account is suspended, why, until when, and where to appeal."""

    model_config = ConfigDict(from_attributes=True)

    decision_number: str
    ground: str
    appeal: str
    until_on: date


class AccountStandingOut(BaseModel):
    """Whether the account may only be looked at, and why."""

    limited: bool
    closing_at: datetime | None
    erased_from: date | None
    """The day from which it is erased; later where a dossier is still open then."""
    closing_days: int
    """For how many days a closing can be taken back."""
    suspension: StandingSuspensionOut | None


@router.get("/account-standing")
async def show(caller: CallerDep, session: SessionDep, visit: VisitDep) -> AccountStandingOut:
    """Tell how one's own account stands."""
    account = await queries.own_account(session, caller)
    span = visit.built.rules.retention.of(Record.ACCOUNT)
    closing = account.closing_at
    found = await Suspension.of(session, account.id, local_day(visit.now))
    return AccountStandingOut(
        limited=closing is not None or found is not None,
        closing_at=closing,
        erased_from=local_day(closing + span) if closing else None,
        closing_days=span.days,
        suspension=StandingSuspensionOut.model_validate(found) if found else None,
    )


@router.post("/closing", status_code=204)
async def close(
    body: ClosingBody, caller: CallerDep, session: SessionDep, visit: VisitDep, later: BackgroundTasks
) -> None:
    """Close one's account."""
    letter = await close_account(
        session,
        caller,
        body.password,
        retention=visit.built.rules.retention,
        visitor=visit.visitor,
        passwords=visit.built.passwords,
        now=visit.now,
    )
    later.add_task(visit.built.mail.send, letter)


@router.delete("/closing", status_code=204)
async def keep(caller: AnyCallerDep, session: SessionDep, visit: VisitDep) -> None:
    """Take the closing of one's account back; who may only look may do this."""
    if caller.must_change_password:
        raise PasswordChangeRequiredError
    await keep_account(session, caller, visitor=visit.visitor, now=visit.now)
