"""The second factor of officers: get one, show it, lose it."""

from datetime import datetime

from common.api import AnyCallerDep, CallerDep, SessionDep
from common.api.deps import FRESH_PROOF
from fastapi import APIRouter, BackgroundTasks
from pydantic import BaseModel, Field

from identity import queries
from identity.api.deps import VisitDep
from identity.api.tokens import TokenOut, token_out
from identity.domain.factor import address_of
from identity.domain.ways_in import code_spent_letter, codes_renewed_letter, factor_added_letter
from identity.models import Authenticator, Passkey, RecoveryCode
from identity.ports import Letter
from identity.usecases.confirm_factor import confirm_factor
from identity.usecases.enrol_factor import enrol_factor
from identity.usecases.prove_factor import prove_factor
from identity.usecases.renew_codes import renew_codes

router = APIRouter(prefix="/api/identity", tags=["second factor"])


class FactorOut(BaseModel):
    """Whether one has a second factor, whether one must, of what it is made, and how many recovery codes are left."""

    enrolled: bool
    mandatory: bool
    app_since: datetime | None
    """Since when an authenticator app is on; nothing where there is none."""
    passkey_count: int
    """Passkeys that open something."""
    codes_left: int


class OfferOut(BaseModel):
    """A secret for an authenticator app, to be typed or read from a QR code of the address."""

    key: str
    address: str


class FactorCodeBody(BaseModel):
    """A code of the app, or a recovery code."""

    code: str = Field(min_length=1, max_length=40)


class CodesOut(BaseModel):
    """Fresh recovery codes, shown this once."""

    recovery_codes: list[str]


class ConfirmedOut(BaseModel):
    """Fresh tokens, and with a first second factor the recovery codes, which are shown this once."""

    tokens: TokenOut
    recovery_codes: list[str]


class ProvedOut(TokenOut):
    """Fresh tokens, and after a recovery code, which is spent, how many are left."""

    codes_left: int | None = None


@router.get("/me/second-factor")
async def show(caller: AnyCallerDep, session: SessionDep, visit: VisitDep) -> FactorOut:
    """Tell about one's own second factor."""
    account = await queries.own_account(session, caller)
    app = await Authenticator.of(session, account.id)
    held = await Passkey.all_of(session, account.id)
    return FactorOut(
        enrolled=await queries.has_factor(session, account.id),
        mandatory=not visit.built.rules.second_factor.isdisjoint(account.roles),
        app_since=app.confirmed_at if app else None,
        passkey_count=sum(one.copied_at is None for one in held),
        codes_left=await RecoveryCode.left(session, account.id),
    )


@router.post("/me/second-factor")
async def enrol(caller: AnyCallerDep, session: SessionDep, visit: VisitDep) -> OfferOut:
    """Offer a secret; it counts once it is confirmed."""
    account, key = await enrol_factor(session, caller, chest=visit.built.chest, now=visit.now)
    return OfferOut(key=key, address=address_of(key, account.login or ""))


@router.post("/me/second-factor/confirmation")
async def confirm(
    body: FactorCodeBody,
    caller: AnyCallerDep,
    background: BackgroundTasks,
    session: SessionDep,
    visit: VisitDep,
) -> ConfirmedOut:
    """Turn the second factor on, and tell its owner."""
    opened, codes = await confirm_factor(
        session, caller, body.code, visitor=visit.visitor, chest=visit.built.chest, now=visit.now
    )
    tokens = await token_out(session, visit.built, opened, visit.now)
    background.add_task(visit.built.mail.send, Letter(opened.account.email, *factor_added_letter()))
    return ConfirmedOut(tokens=tokens, recovery_codes=codes)


@router.post("/me/second-factor/proof")
async def prove(
    body: FactorCodeBody,
    caller: AnyCallerDep,
    background: BackgroundTasks,
    session: SessionDep,
    visit: VisitDep,
) -> ProvedOut:
    """Show the second factor; a recovery code that opens is told to its owner."""
    opened, left = await prove_factor(
        session, caller, body.code, visitor=visit.visitor, chest=visit.built.chest, now=visit.now
    )
    tokens = await token_out(session, visit.built, opened, visit.now)
    if left is not None:
        background.add_task(visit.built.mail.send, Letter(opened.account.email, *code_spent_letter(left)))
    return ProvedOut(**dict(tokens), codes_left=left)


@router.post("/me/second-factor/recovery-codes", dependencies=[FRESH_PROOF])
async def renew(
    caller: CallerDep, background: BackgroundTasks, session: SessionDep, visit: VisitDep
) -> CodesOut:
    """Make fresh recovery codes in place of the old ones, and tell their owner."""
    account, codes = await renew_codes(session, caller, visitor=visit.visitor, now=visit.now)
    background.add_task(visit.built.mail.send, Letter(account.email, *codes_renewed_letter()))
    return CodesOut(recovery_codes=codes)
