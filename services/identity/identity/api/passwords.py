"""Change a password one knows, reset one that is lost."""

import uuid
from datetime import datetime

from common.api import AnyCallerDep, CallerDep, SessionDep
from eforms.kinds.contacts import EMAIL_LONGEST
from fastapi import APIRouter, BackgroundTasks
from pydantic import BaseModel, Field

from identity.api.deps import VisitDep
from identity.api.tokens import TokenOut, token_out
from identity.domain.ways_in import password_changed_letter
from identity.models import Account
from identity.ports import Letter
from identity.usecases.ask_password_reset import ask_password_reset
from identity.usecases.change_password import change_password
from identity.usecases.report_control_lost import report_control_lost
from identity.usecases.reset_password import reset_password

router = APIRouter(prefix="/api/identity", tags=["passwords"])


class ChangePasswordBody(BaseModel):
    """The password that is, and the one to be."""

    current: str = Field(min_length=1, max_length=200)
    new: str = Field(min_length=1, max_length=200)


class AskResetBody(BaseModel):
    """The sign-in name whose password is lost."""

    login: str = Field(min_length=1, max_length=EMAIL_LONGEST)


class ResetOut(BaseModel):
    """The same answer whether the name exists or not."""

    reset_id: uuid.UUID
    expires_at: datetime


class ResetBody(BaseModel):
    """The code that arrived and the new password."""

    code: str = Field(max_length=20)
    password: str = Field(min_length=1, max_length=200)


@router.put("/me/password")
async def change(
    body: ChangePasswordBody,
    caller: AnyCallerDep,
    background: BackgroundTasks,
    session: SessionDep,
    visit: VisitDep,
) -> TokenOut:
    """Set a new password, and tell its owner; every other sign-in ends and fresh tokens are given."""
    opened = await change_password(
        session,
        caller,
        current=body.current,
        new=body.new,
        visitor=visit.visitor,
        passwords=visit.built.passwords,
        now=visit.now,
    )
    tokens = await token_out(session, visit.built, opened, visit.now)
    _tell(background, visit, opened.account)
    return tokens


@router.post("/me/control-lost", status_code=204)
async def lost(caller: CallerDep, background: BackgroundTasks, session: SessionDep, visit: VisitDep) -> None:
    """Say that the account is in somebody else's hands: every sign-in ends, only a new password leads back."""
    letter = await report_control_lost(
        session, caller, recovery=visit.built.recovery, visitor=visit.visitor, now=visit.now
    )
    background.add_task(visit.built.mail.send, letter)


@router.post("/password-resets", status_code=202)
async def ask_reset(
    body: AskResetBody, background: BackgroundTasks, session: SessionDep, visit: VisitDep
) -> ResetOut:
    """Send a code to the account's own address, if there is an account."""
    challenge, letter = await ask_password_reset(
        session, body.login, visitor=visit.visitor, passwords=visit.built.passwords, now=visit.now
    )
    if letter is not None:
        # After the answer, so that its time does not tell whether the name exists.
        background.add_task(visit.built.mail.send, letter)
    return ResetOut(reset_id=challenge.id, expires_at=challenge.expires_at)


@router.post("/password-resets/{reset_id}/confirmation", status_code=204)
async def confirm_reset(
    reset_id: uuid.UUID,
    body: ResetBody,
    background: BackgroundTasks,
    session: SessionDep,
    visit: VisitDep,
) -> None:
    """Set the new password, end every sign-in, and tell the owner."""
    account = await reset_password(
        session,
        reset_id,
        "".join(body.code.split()),
        body.password,
        visitor=visit.visitor,
        passwords=visit.built.passwords,
        now=visit.now,
    )
    _tell(background, visit, account)


def _tell(background: BackgroundTasks, visit: VisitDep, account: Account) -> None:
    words = password_changed_letter(visit.built.recovery, officer=account.is_officer)
    background.add_task(visit.built.mail.send, Letter(account.email, *words))
