"""Passkeys of officers: make one, show one, lose one."""

import uuid
from datetime import datetime
from typing import Any

from common.api import AnyCallerDep, CallerDep, SessionDep
from common.api.deps import FRESH_PROOF
from fastapi import APIRouter, BackgroundTasks
from pydantic import BaseModel, ConfigDict, Field
from regulation.typed import Typed

from identity import queries
from identity.api.deps import VisitDep
from identity.api.factors import ConfirmedOut
from identity.api.tokens import TokenOut, token_out
from identity.domain.passkeys import ANSWER_LONGEST, NAME_LONGEST
from identity.domain.ways_in import factor_added_letter
from identity.models import Passkey
from identity.ports import Letter
from identity.usecases.add_passkey import add_passkey
from identity.usecases.ask_passkey import ask_passkey
from identity.usecases.offer_passkey import offer_passkey
from identity.usecases.prove_passkey import prove_passkey
from identity.usecases.remove_passkey import remove_passkey

router = APIRouter(prefix="/api/identity/me/second-factor/passkeys", tags=["second factor"])


class PasskeyOut(BaseModel):
    """A passkey as its owner knows it."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    name: str
    added_at: datetime
    last_used_at: datetime | None
    copied_at: datetime | None
    """Since when it opens nothing, because its counter went back as that of a copy would."""


class PasskeysOut(BaseModel):
    """One's own second factors: whether an authenticator app is on, and the passkeys, the oldest first."""

    app: bool
    items: list[PasskeyOut]


class OptionsOut(BaseModel):
    """What a browser is asked with; binary values stand in URL-safe base64."""

    public_key: dict[str, Any]


class AnswerBody(BaseModel):
    """What the browser answered, as the text of its JSON form."""

    credential: str = Field(min_length=2, max_length=ANSWER_LONGEST)


class AddPasskeyBody(AnswerBody):
    """The answer, and the name that its owner gives the passkey."""

    name: Typed = Field(min_length=1, max_length=NAME_LONGEST, pattern=r"\S")


@router.get("")
async def show(caller: AnyCallerDep, session: SessionDep) -> PasskeysOut:
    """Tell about one's own app and passkeys."""
    account = await queries.own_account(session, caller)
    held = await Passkey.all_of(session, account.id)
    app = await queries.has_app(session, account.id)
    return PasskeysOut(app=app, items=[PasskeyOut.model_validate(one) for one in held])


@router.post("/offer")
async def offer(caller: AnyCallerDep, session: SessionDep, visit: VisitDep) -> OptionsOut:
    """Give a challenge to make a passkey with."""
    options = await offer_passkey(session, caller, site=visit.built.site, now=visit.now)
    return OptionsOut(public_key=options)


@router.post("")
async def add(
    body: AddPasskeyBody,
    caller: AnyCallerDep,
    background: BackgroundTasks,
    session: SessionDep,
    visit: VisitDep,
) -> ConfirmedOut:
    """Add a passkey, and tell its owner."""
    opened, codes = await add_passkey(
        session,
        caller,
        body.name,
        body.credential,
        site=visit.built.site,
        visitor=visit.visitor,
        now=visit.now,
    )
    tokens = await token_out(session, visit.built, opened, visit.now)
    background.add_task(visit.built.mail.send, Letter(opened.account.email, *factor_added_letter()))
    return ConfirmedOut(tokens=tokens, recovery_codes=codes)


@router.post("/challenge")
async def ask(caller: AnyCallerDep, session: SessionDep, visit: VisitDep) -> OptionsOut:
    """Give a challenge to show a passkey with."""
    options = await ask_passkey(session, caller, site=visit.built.site, now=visit.now)
    return OptionsOut(public_key=options)


@router.post("/proof")
async def prove(body: AnswerBody, caller: AnyCallerDep, session: SessionDep, visit: VisitDep) -> TokenOut:
    """Show a passkey."""
    opened = await prove_passkey(
        session, caller, body.credential, site=visit.built.site, visitor=visit.visitor, now=visit.now
    )
    return await token_out(session, visit.built, opened, visit.now)


@router.delete("/{passkey_id}", dependencies=[FRESH_PROOF], status_code=204)
async def remove(passkey_id: uuid.UUID, caller: CallerDep, session: SessionDep, visit: VisitDep) -> None:
    """Remove a passkey."""
    await remove_passkey(
        session,
        caller,
        passkey_id,
        asked_of=visit.built.rules.second_factor,
        visitor=visit.visitor,
        now=visit.now,
    )
