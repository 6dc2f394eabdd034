"""One's own profile, its history, and who came in under one's name."""

import uuid
from datetime import date, datetime
from typing import Annotated, Any, Literal

from common.api import CallerDep, Page, SessionDep
from eforms.kinds.contacts import EMAIL_LONGEST
from fastapi import APIRouter, BackgroundTasks, Query
from pydantic import BaseModel, ConfigDict, Field, field_validator
from regulation.days import Day
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.api.deps import VisitDep
from identity.api.registrations import CodeBody
from identity.domain.contacts import masked_email, reachable
from identity.domain.devices import NOT_AVAILABLE
from identity.domain.errors import CodeNotDeliveredError
from identity.domain.profile import moves_phone
from identity.models import Account
from identity.usecases.ask_again import ask_again
from identity.usecases.ask_email_change import ask_email_change
from identity.usecases.change_profile import change_profile
from identity.usecases.verify_email import verify_email

router = APIRouter(prefix="/api/identity/me", tags=["me"])
Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str | None, Query(pattern="^[0-9]{1,6}$")]


class ProfileOut(BaseModel):
    """A person's own data, as only that person sees it."""

    id: uuid.UUID
    kind: Literal["citizen", "officer"]
    realm: Literal["individual", "organisation", "officer"]
    display_name: str
    full_name: str
    login: str | None
    id_number: str
    nationality: str
    organisation_name: str | None
    tax_code: str | None
    email: str
    phone: str | None
    phone_proven: bool
    address: str | None
    date_of_birth: date | None
    language: str
    channels: list[str]
    roles: list[str]
    agency: str | None
    unit: str | None
    scope: str
    declaration_version: str | None
    declaration_accepted_at: datetime | None
    version: int
    correctable: list[str]
    """The fields the caller may correct."""

    @classmethod
    async def of(cls, session: AsyncSession, account: Account) -> "ProfileOut":
        """Show an account to its person."""
        shown = {name: getattr(account, name) for name in cls.model_fields if name != "correctable"}
        return cls(**shown, correctable=list(await queries.correctable_of(session, account)))

    @field_validator("email")
    @classmethod
    def _said(cls, address: str) -> str:
        """Say nothing where the account has no address."""
        return reachable(address) or ""


class ChangeProfileBody(BaseModel):
    """The fields to change, and the version they were read at."""

    # Every other field is looked at by the rules of the profile, which name the ones that cannot be changed.
    model_config = ConfigDict(extra="allow")

    version: int
    full_name: str | None = Field(default=None, max_length=200)
    phone: str | None = Field(default=None, max_length=40)
    address: str | None = Field(default=None, max_length=1000)
    date_of_birth: Day | None = None
    language: str | None = None
    channels: list[str] | None = Field(default=None, max_length=10)
    current: str = Field(default="", max_length=200)
    """The password: with another telephone it is asked again who it is."""

    def values(self) -> dict[str, Any]:
        """Give the fields of the profile that were sent."""
        return {name: getattr(self, name) for name in self.model_fields_set - {"version", "current"}}


class ChangeOut(BaseModel):
    """One value before and after."""

    model_config = ConfigDict(from_attributes=True)

    version: int
    changed_at: datetime
    changed_by: str
    field: str
    before: str | None
    after: str | None


class AccessOut(BaseModel):
    """One line of the access log."""

    model_config = ConfigDict(from_attributes=True)

    at: datetime
    action: str
    address: str
    device: str
    system: str
    browser: str

    @field_validator("address", "device", "system", "browser")
    @classmethod
    def _said(cls, told: str) -> str:
        """Say nothing where nothing was said."""
        return "" if told == NOT_AVAILABLE else told


class EmailBody(BaseModel):
    """The new address, and the password: it is asked again who it is."""

    email: str = Field(max_length=EMAIL_LONGEST)
    current: str = Field(default="", max_length=200)


class EmailChangeOut(BaseModel):
    """Where the code for the new address went."""

    change_id: uuid.UUID
    sent_to: str
    expires_at: datetime


@router.get("")
async def show(caller: CallerDep, session: SessionDep) -> ProfileOut:
    """Show one's own profile."""
    return await ProfileOut.of(session, await queries.own_account(session, caller))


@router.patch("")
async def change(
    body: ChangeProfileBody, caller: CallerDep, session: SessionDep, visit: VisitDep
) -> ProfileOut:
    """Change parts of one's own profile; a telephone, which codes may go to, only by who knows the password."""
    values = body.values()
    if moves_phone((await queries.own_account(session, caller)).phone, values):
        await ask_again(session, caller, body.current, passwords=visit.built.passwords, now=visit.now)
    account: Account = await change_profile(
        session,
        caller,
        values,
        version=body.version,
        visitor=visit.visitor,
        now=visit.now,
    )
    return await ProfileOut.of(session, account)


@router.get("/history")
async def history(
    caller: CallerDep, session: SessionDep, limit: Limit = 50, cursor: Cursor = None
) -> Page[ChangeOut]:
    """List the changes of one's own profile, newest first."""
    account = await queries.own_account(session, caller)
    offset = int(cursor or 0)
    rows, total = await queries.page(session, queries.history_of(account.id), limit=limit, offset=offset)
    return _page([ChangeOut.model_validate(row) for row in rows], total, offset)


@router.get("/access-log")
async def access_log(
    caller: CallerDep, session: SessionDep, limit: Limit = 50, cursor: Cursor = None
) -> Page[AccessOut]:
    """List who came in under one's own name, newest first."""
    account = await queries.own_account(session, caller)
    offset = int(cursor or 0)
    rows, total = await queries.page(session, queries.access_of(account.id), limit=limit, offset=offset)
    return _page([AccessOut.model_validate(row) for row in rows], total, offset)


@router.post("/email-changes", status_code=202)
async def ask_email(
    body: EmailBody, caller: CallerDep, session: SessionDep, visit: VisitDep
) -> EmailChangeOut:
    """Send a code to a new address."""
    await ask_again(session, caller, body.current, passwords=visit.built.passwords, now=visit.now)
    challenge, letter = await ask_email_change(
        session,
        caller,
        body.email,
        passwords=visit.built.passwords,
        recovery=visit.built.recovery,
        now=visit.now,
    )
    await session.commit()  # the code is on record before it can arrive
    if not await visit.built.mail.send(letter):
        raise CodeNotDeliveredError(rule="delivery")
    return EmailChangeOut(
        change_id=challenge.id, sent_to=masked_email(letter.to), expires_at=challenge.expires_at
    )


@router.post("/email-changes/{change_id}/verification")
async def confirm_email(
    *,
    change_id: uuid.UUID,
    body: CodeBody,
    caller: CallerDep,
    background: BackgroundTasks,
    session: SessionDep,
    visit: VisitDep,
) -> ProfileOut:
    """Make the new address the account's own, and tell the one before."""
    account, letter = await verify_email(
        session,
        caller,
        change_id,
        body.digits(),
        visitor=visit.visitor,
        passwords=visit.built.passwords,
        recovery=visit.built.recovery,
        now=visit.now,
    )
    background.add_task(visit.built.mail.send, letter)
    return await ProfileOut.of(session, account)


def _page(items: list[Any], total: int, offset: int) -> Page[Any]:
    end = offset + len(items)
    return Page(items=items, total=total, next=str(end) if items and end < total else None)
