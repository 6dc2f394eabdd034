"""What an administrator does for an officer who cannot get in."""

import uuid

from audit import note
from common.api import CallerDep, LangDep, SessionDep
from common.api.deps import FRESH_PROOF, only_for
from fastapi import APIRouter, BackgroundTasks
from pydantic import BaseModel, Field
from regulation.roles import SECOND_WORD, Right, Role, scope_waits, who_may
from regulation.typed import Typed

from identity.api.deps import VisitDep
from identity.api.officers import OfficerOut
from identity.domain.helping import FIRST_PASSWORD_LASTS, REASON_LONGEST, REASON_SHORTEST, Help
from identity.domain.throttle import QUARTER
from identity.domain.ways_in import factor_cleared_letter
from identity.ports import Letter
from identity.usecases.clear_factor import clear_factor
from identity.usecases.give_first_password import give_first_password
from identity.usecases.read_standing import read_standing
from identity.usecases.unlock_account import unlock_account

router = APIRouter(prefix="/api/identity/officers/{officer_id}", tags=["officers"])
GRANTING = [only_for(who_may(Right.GRANT_RIGHTS))]


class ReasonBody(BaseModel):
    """Why it is done; the sealed log keeps it."""

    reason: Typed = Field(min_length=REASON_SHORTEST, max_length=REASON_LONGEST)


class FirstPasswordBody(ReasonBody):
    """The version of the officer that was read, and why."""

    version: int


class GivenOut(BaseModel):
    """The officer, the password where the administrator hands it over, and whether the letter went out."""

    officer: OfficerOut
    password: str | None
    delivered: bool


class RoleOut(BaseModel):
    """A role, whether the officer has it, and whether a second person must confirm it."""

    role: str
    name: str
    held: bool
    second_word: bool


class ScopeOut(BaseModel):
    """A data scope, whether it is the officer's, and whether a second person must confirm it with the roles held."""

    scope: str
    name: str
    held: bool
    second_word: bool


class StandingOut(BaseModel):
    """An officer, how the account stands, and what the caller may do about it."""

    officer: OfficerOut
    locked: bool
    enrolled: bool
    password_is_shown: bool
    """Whether a first password would be shown to the caller; else it goes to the officer alone, by letter."""
    first_password_days: int
    """After so many days a first password that nobody used opens nothing."""
    lock_minutes: int
    """After so many minutes a lock ends by itself."""
    actions: list[Help]
    grantable: list[RoleOut]
    """The roles the caller may give or propose; none for oneself."""
    scopes: list[ScopeOut]
    """The data scopes the caller may give or propose; none for oneself."""


@router.get("/standing", dependencies=GRANTING)
async def show(
    officer_id: uuid.UUID, caller: CallerDep, session: SessionDep, visit: VisitDep, lang: LangDep
) -> StandingOut:
    """Tell how an officer stands with signing in."""
    found = await read_standing(
        session,
        caller,
        str(officer_id),
        office_grants=visit.built.rules.office_grants,
        visitor=visit.visitor,
        now=visit.now,
    )
    roles = [*found.account.roles, *found.waiting.roles]
    return StandingOut(
        officer=OfficerOut.of(found.account, lang, found.waiting),
        locked=found.locked,
        enrolled=found.enrolled,
        password_is_shown=found.seen,
        first_password_days=FIRST_PASSWORD_LASTS.days,
        lock_minutes=int(QUARTER.total_seconds() // 60),
        actions=list(found.actions),
        grantable=[
            RoleOut(
                role=one,
                name=Role(one).said(lang),
                held=one in found.account.roles,
                second_word=one in SECOND_WORD,
            )
            for one in found.grantable
        ],
        scopes=[
            ScopeOut(
                scope=scope,
                name=scope.said(lang),
                held=scope == found.account.scope,
                second_word=scope_waits(scope, found.account.scope, roles),
            )
            for scope in found.scopes
        ],
    )


@router.post("/first-password", dependencies=[*GRANTING, FRESH_PROOF])
async def give(
    *,
    officer_id: uuid.UUID,
    body: FirstPasswordBody,
    caller: CallerDep,
    session: SessionDep,
    visit: VisitDep,
    lang: LangDep,
) -> GivenOut:
    """Replace an officer's lost password by a first one; every sign-in ends."""
    note(purpose=body.reason, subject=str(officer_id))
    given = await give_first_password(
        session,
        caller,
        str(officer_id),
        version=body.version,
        office_grants=visit.built.rules.office_grants,
        sign_in_address=visit.built.sign_in_address,
        visitor=visit.visitor,
        passwords=visit.built.passwords,
        now=visit.now,
    )
    await session.commit()  # the old password is void before the new one can arrive
    told = OfficerOut.of(given.account, lang)
    delivered = given.letter is not None and await visit.built.mail.send(given.letter)
    return GivenOut(officer=told, password=given.password, delivered=delivered)


@router.post("/factor-clearing", dependencies=[*GRANTING, FRESH_PROOF], status_code=204)
async def clear(
    *,
    officer_id: uuid.UUID,
    body: ReasonBody,
    caller: CallerDep,
    background: BackgroundTasks,
    session: SessionDep,
    visit: VisitDep,
) -> None:
    """Take an officer's lost second factor away, and tell the officer."""
    note(purpose=body.reason, subject=str(officer_id))
    account = await clear_factor(
        session,
        caller,
        str(officer_id),
        office_grants=visit.built.rules.office_grants,
        visitor=visit.visitor,
        now=visit.now,
    )
    background.add_task(visit.built.mail.send, Letter(account.email, *factor_cleared_letter()))


@router.post("/unlocking", dependencies=[*GRANTING, FRESH_PROOF], status_code=204)
async def unlock(
    officer_id: uuid.UUID, body: ReasonBody, caller: CallerDep, session: SessionDep, visit: VisitDep
) -> None:
    """Let an officer in again whom too many failures keep out."""
    note(purpose=body.reason, subject=str(officer_id))
    await unlock_account(
        session,
        caller,
        str(officer_id),
        office_grants=visit.built.rules.office_grants,
        visitor=visit.visitor,
        now=visit.now,
    )
