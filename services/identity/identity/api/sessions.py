"""Sign in, renew, sign out."""

from typing import Literal

from common.api import AnyCallerDep, SessionDep
from eforms.kinds.contacts import EMAIL_LONGEST
from fastapi import APIRouter
from pydantic import BaseModel, Field

from identity.api.deps import VisitDep
from identity.api.tokens import TokenOut, token_out
from identity.domain.work import DONE_LONGEST
from identity.usecases.renew_session import renew_session
from identity.usecases.sign_in import Credentials, sign_in
from identity.usecases.sign_out import sign_out

router = APIRouter(prefix="/api/identity/sessions", tags=["sessions"])


class SignInBody(BaseModel):
    """What a person types to sign in: e-mail, telephone or ID number; officers their sign-in name."""

    login: str = Field(min_length=1, max_length=EMAIL_LONGEST)
    password: str = Field(min_length=1, max_length=200)
    work: str | None = Field(default=None, max_length=DONE_LONGEST)
    door: Literal["citizen", "officer"] | None = None
    device: str | None = Field(default=None, max_length=100)


class RenewBody(BaseModel):
    """The renewal token of the last answer."""

    refresh_token: str = Field(max_length=100)


@router.post("")
async def begin(body: SignInBody, session: SessionDep, visit: VisitDep) -> TokenOut:
    """Sign in."""
    opened = await sign_in(
        session,
        Credentials(body.login, body.password, body.work, body.door, body.device),
        visitor=visit.visitor,
        passwords=visit.built.passwords,
        work_secret=visit.built.chest.secret("work"),
        alone=visit.built.rules.alone,
        now=visit.now,
    )
    return await token_out(session, visit.built, opened, visit.now)


@router.post("/refresh")
async def renew(body: RenewBody, session: SessionDep, visit: VisitDep) -> TokenOut:
    """Trade the renewal token for fresh ones."""
    idling = visit.built.rules.idling
    opened = await renew_session(
        session, body.refresh_token, idling=idling, visitor=visit.visitor, now=visit.now
    )
    return await token_out(session, visit.built, opened, visit.now)


@router.delete("/current", status_code=204)
async def end(caller: AnyCallerDep, session: SessionDep, visit: VisitDep) -> None:
    """Sign out."""
    await sign_out(session, caller, visitor=visit.visitor, now=visit.now)
