"""Prove that the telephone of one's profile is one's own."""

import uuid
from datetime import datetime

from common.api import CallerDep, SessionDep
from fastapi import APIRouter, BackgroundTasks
from pydantic import BaseModel, Field

from identity.api.deps import VisitDep
from identity.api.me import ProfileOut
from identity.api.registrations import CodeBody
from identity.domain.errors import CodeNotDeliveredError
from identity.domain.letters import code_text
from identity.usecases.ask_again import ask_again
from identity.usecases.ask_phone_proof import ask_phone_proof
from identity.usecases.prove_phone import prove_phone

router = APIRouter(prefix="/api/identity/me/phone-proofs", tags=["me"])


class AskProofBody(BaseModel):
    """The password: it is asked again who it is."""

    current: str = Field(default="", max_length=200)


class PhoneProofOut(BaseModel):
    """A code that is on its way to the telephone."""

    proof_id: uuid.UUID
    expires_at: datetime


@router.post("", status_code=202)
async def ask(
    caller: CallerDep, session: SessionDep, visit: VisitDep, body: AskProofBody | None = None
) -> PhoneProofOut:
    """Send a code to the telephone of one's profile, where the province sends text messages."""
    current = body.current if body is not None else ""
    await ask_again(session, caller, current, passwords=visit.built.passwords, now=visit.now)
    challenge, phone, code = await ask_phone_proof(
        session, caller, passwords=visit.built.passwords, now=visit.now
    )
    await session.commit()  # the code is on record before it can arrive
    if not await visit.built.texts.send(phone, code_text(code)):
        raise CodeNotDeliveredError(rule="delivery")
    return PhoneProofOut(proof_id=challenge.id, expires_at=challenge.expires_at)


@router.post("/{proof_id}/verification")
async def confirm(
    *,
    proof_id: uuid.UUID,
    body: CodeBody,
    caller: CallerDep,
    background: BackgroundTasks,
    session: SessionDep,
    visit: VisitDep,
) -> ProfileOut:
    """Make the telephone a way in."""
    account, letters = await prove_phone(
        session,
        caller,
        proof_id,
        body.digits(),
        visitor=visit.visitor,
        passwords=visit.built.passwords,
        now=visit.now,
    )
    for letter in letters:  # after the answer: its time does not tell whether the number was another's
        background.add_task(visit.built.mail.send, letter)
    return await ProfileOut.of(session, account)
