"""Register, enter the code, ask for another."""

import uuid
from datetime import datetime
from typing import Literal

from common.api import IdempotencyDep, SessionDep
from eforms.kinds.contacts import EMAIL_LONGEST
from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.responses import Response

from identity.api.deps import VisitDep
from identity.api.tokens import TokenOut, token_out
from identity.domain.acceptance import must_be_current
from identity.domain.codes import Purpose
from identity.domain.contacts import masked_email
from identity.domain.errors import CodeNotDeliveredError
from identity.domain.registration import (
    DECLARATION,
    Declaration,
    applicant,
    confirmed_declaration,
    must_be_open,
)
from identity.domain.terms import USE
from identity.usecases.register import register
from identity.usecases.send_code_again import send_code_again
from identity.usecases.verify_registration import verify_registration

router = APIRouter(prefix="/api/identity", tags=["registrations"])


class RegisterBody(BaseModel):
    """What a citizen or an organisation's representative says to get an account."""

    kind: Literal["individual", "organisation"] = "individual"
    full_name: str = Field(max_length=200)
    id_number: str = Field(max_length=40)
    nationality: str | None = Field(default=None, pattern="^[A-Z]{2}$")
    email: str = Field(max_length=EMAIL_LONGEST)
    phone: str = Field(max_length=40)
    password: str = Field(max_length=200)
    declaration_accepted: bool = False
    declaration_version: str | None = Field(default=None, max_length=20)
    terms_version: str | None = Field(default=None, max_length=20)
    """The terms of use that were shown and accepted; without it they are asked at the first sign-in."""
    channels: list[Literal["portal", "email", "sms"]] = Field(default=["portal", "email"], max_length=3)
    organisation_name: str | None = Field(default=None, max_length=300)
    tax_code: str | None = Field(default=None, max_length=40)


class RegistrationOut(BaseModel):
    """Where the code went; `delivered` is false when the mail server did not take the message."""

    registration_id: uuid.UUID
    sent_to: str
    expires_at: datetime
    delivered: bool = True


class CodeBody(BaseModel):
    """A one-time code as it was typed."""

    code: str = Field(max_length=20)

    def digits(self) -> str:
        """Give the code without the spaces people put into it."""
        return "".join(self.code.split())


class DeclarationOut(BaseModel):
    """The text to be confirmed when registering."""

    version: str
    vi: str
    en: str


@router.get("/declaration")
async def declaration() -> DeclarationOut:
    """Show the current declaration."""
    return DeclarationOut(**DECLARATION._asdict())


@router.post("/registrations", status_code=201, response_model=RegistrationOut)
async def begin(
    body: RegisterBody, session: SessionDep, visit: VisitDep, idem: IdempotencyDep
) -> RegistrationOut | Response:
    """Check a registration and send the code."""
    if (hit := await idem.replay(session)) is not None:
        return hit
    must_be_open(visit.built.rules.citizen_source)
    declared = _agreed(body)
    who = applicant(
        kind=body.kind,
        full_name=body.full_name,
        number=body.id_number,
        nationality=body.nationality,
        email=body.email,
        phone=body.phone,
        password=body.password,
        channels=tuple(body.channels),
        organisation=body.organisation_name,
        tax=body.tax_code,
    )
    started = await register(
        session,
        who,
        declared,
        terms=body.terms_version,
        visitor=visit.visitor,
        passwords=visit.built.passwords,
        recovery=visit.built.recovery,
        now=visit.now,
    )
    challenge = started.challenge
    answer = RegistrationOut(
        registration_id=challenge.id, sent_to=started.sent_to, expires_at=challenge.expires_at
    )
    await idem.remember(session, 201, answer)
    await session.commit()  # the code is on record before it can arrive
    for letter in started.letters:
        answer.delivered = await visit.built.mail.send(letter)
    return answer


def _agreed(body: RegisterBody) -> Declaration:
    """Give what was declared, once the terms that were accepted, if any, are those of today."""
    if body.terms_version is not None:
        must_be_current((USE,), {USE.kind: body.terms_version})
    return confirmed_declaration(body.declaration_accepted, body.declaration_version)


@router.post("/registrations/{registration_id}/verification", status_code=201)
async def verify(
    registration_id: uuid.UUID, body: CodeBody, session: SessionDep, visit: VisitDep
) -> TokenOut:
    """Make the account the code proves, and sign it in."""
    opened = await verify_registration(
        session,
        registration_id,
        body.digits(),
        visitor=visit.visitor,
        passwords=visit.built.passwords,
        now=visit.now,
    )
    return await token_out(session, visit.built, opened, visit.now)


@router.post("/registrations/{registration_id}/code")
async def resend(registration_id: uuid.UUID, session: SessionDep, visit: VisitDep) -> RegistrationOut:
    """Send another code to the same address."""
    challenge, letter = await send_code_again(
        session, registration_id, Purpose.REGISTRATION, passwords=visit.built.passwords, now=visit.now
    )
    await session.commit()  # the code is on record before it can arrive
    if letter is not None and not await visit.built.mail.send(letter):
        raise CodeNotDeliveredError(rule="delivery")
    return RegistrationOut(
        registration_id=challenge.id,
        sent_to=masked_email(challenge.sent_to or ""),
        expires_at=challenge.expires_at,
    )
