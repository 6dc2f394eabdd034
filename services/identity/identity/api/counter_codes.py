"""One-time codes for somebody at the counter: sent to their telephone or mailbox, read aloud, confirmed."""

import uuid
from datetime import datetime

from audit import note
from common.api import CallerDep, SessionDep
from common.api.deps import only_for
from eforms.kinds.contacts import EMAIL_LONGEST
from fastapi import APIRouter
from pydantic import BaseModel, Field
from regulation.roles import Right, who_may

from identity.api.deps import Built, VisitDep
from identity.api.registrations import CodeBody
from identity.api.tokens import signed
from identity.domain.contacts import Confirmed, email_address, told_to
from identity.domain.errors import CodeNotDeliveredError
from identity.domain.letters import counter_letter, counter_text
from identity.domain.statements import COUNTER, LIFE
from identity.ports import Letter
from identity.usecases.ask_counter_code import ask_counter_code
from identity.usecases.confirm_counter_code import confirm_counter_code

router = APIRouter(
    prefix="/api/identity/counter-codes",
    tags=["counter"],
    dependencies=[only_for(who_may(Right.ACCEPT_DOSSIER))],
)
CONFIRMING = "Người nộp xác nhận tại quầy bằng mã một lần"
"""To which end a person's address is used here, as the access log says it."""


class AskCounterCodeBody(BaseModel):
    """Whose telephone or mail address, which draft, and the mark of what stands in it."""

    to: str = Field(min_length=3, max_length=EMAIL_LONGEST)
    draft: uuid.UUID
    fingerprint: str = Field(pattern="^[0-9a-f]{32}$")


class CounterCodeOut(BaseModel):
    """A code that is on its way, and the end of where to."""

    code_id: uuid.UUID
    expires_at: datetime
    ending: str


class CounterStatementOut(BaseModel):
    """What the code confirmed, signed."""

    statement: str


@router.post("", status_code=202)
async def ask(
    body: AskCounterCodeBody, caller: CallerDep, session: SessionDep, visit: VisitDep
) -> CounterCodeOut:
    """Send a code to the telephone or the mailbox of who stands at the counter."""
    note(purpose=CONFIRMING, subject=str(body.draft))
    what = Confirmed(told_to(body.to), str(body.draft), body.fingerprint)
    challenge, code = await ask_counter_code(
        session, caller, what, passwords=visit.built.passwords, now=visit.now
    )
    await session.commit()  # the code is on record before it can arrive
    if not await _send(visit.built, what.sent_to, code):
        raise CodeNotDeliveredError(rule="delivery")
    return CounterCodeOut(code_id=challenge.id, expires_at=challenge.expires_at, ending=what.ending)


async def _send(built: Built, to: str, code: str) -> bool:
    if "@" in to:
        return await built.mail.send(Letter(email_address(to), *counter_letter(code)))
    return await built.texts.send(to, counter_text(code))


@router.post("/{code_id}/verification")
async def confirm(
    code_id: uuid.UUID, body: CodeBody, caller: CallerDep, session: SessionDep, visit: VisitDep
) -> CounterStatementOut:
    """State what the code confirmed, for the service that receives the dossier."""
    note(purpose=CONFIRMING)
    found = await confirm_counter_code(
        session,
        caller,
        code_id,
        body.digits(),
        visitor=visit.visitor,
        passwords=visit.built.passwords,
        now=visit.now,
    )
    claims: dict[str, object] = {"sub": caller.subject, "aud": COUNTER, **found._asdict()}
    return CounterStatementOut(statement=await signed(session, visit.built, claims, visit.now, LIFE))
