"""Signing in with the outside identity provider: begin, and come back."""

from typing import Literal

from common.api import SessionDep
from fastapi import APIRouter, BackgroundTasks
from pydantic import BaseModel, Field

from identity.api.deps import VisitDep
from identity.api.tokens import TokenOut, token_out
from identity.domain.oidc import SECRET_LONGEST
from identity.usecases.begin_provider_sign_in import begin_provider_sign_in
from identity.usecases.provider_sign_in import Answer, provider_sign_in

router = APIRouter(prefix="/api/identity/provider", tags=["provider"])


class BeginBody(BaseModel):
    """At which door somebody begins."""

    door: Literal["citizen", "officer"]


class BegunOut(BaseModel):
    """Where the browser goes, and what it keeps until it comes back."""

    url: str
    binding: str


class ComeBackBody(BeginBody):
    """What the provider sent the browser back with, and what the browser had kept."""

    state: str = Field(min_length=1, max_length=SECRET_LONGEST)
    code: str = Field(min_length=1, max_length=4000)
    issuer: str | None = Field(default=None, max_length=300)
    binding: str = Field(min_length=1, max_length=SECRET_LONGEST)


@router.post("/attempts")
async def begin(body: BeginBody, session: SessionDep, visit: VisitDep) -> BegunOut:
    """Begin to sign in with the provider."""
    built = visit.built
    begun = await begin_provider_sign_in(
        session, body.door, provider=built.provider, chest=built.chest, now=visit.now
    )
    return BegunOut(url=begun.url, binding=begun.binding)


@router.post("/sessions")
async def come_back(
    body: ComeBackBody, background: BackgroundTasks, session: SessionDep, visit: VisitDep
) -> TokenOut:
    """Sign in with what the provider answered."""
    opened, letter = await provider_sign_in(
        session,
        Answer(**body.model_dump()),
        provider=visit.built.provider,
        chest=visit.built.chest,
        visitor=visit.visitor,
        alone=visit.built.rules.alone,
        now=visit.now,
    )
    if letter is not None:
        background.add_task(visit.built.mail.send, letter)
    return await token_out(session, visit.built, opened, visit.now)
