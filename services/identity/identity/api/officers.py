"""Officers: list, create, change."""

import uuid
from typing import Annotated

from common.api import CallerDep, IdempotencyDep, LangDep, Page, SessionDep
from common.api.deps import FRESH_PROOF, only_for
from eforms.kinds.contacts import EMAIL_LONGEST
from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from regulation.codes.agency import LONGEST
from regulation.roles import Right, Role, Scope, who_may
from regulation.text import Lang
from starlette.responses import Response

from identity.api.deps import VisitDep
from identity.domain.grants import Waiting
from identity.domain.officers import officer
from identity.models import Account
from identity.usecases.change_officer import change_officer
from identity.usecases.create_officer import create_officer
from identity.usecases.list_officers import list_officers
from identity.usecases.read_officer import read_officer

router = APIRouter(prefix="/api/identity/officers", tags=["officers"])


class OfficerBody(BaseModel):
    """One named person who is to work here; without a scope he sees his own dossiers only."""

    login: str = Field(max_length=60)
    full_name: str = Field(max_length=200)
    id_number: str = Field(max_length=40)
    email: str = Field(max_length=EMAIL_LONGEST)
    phone: str | None = Field(default=None, max_length=40)
    agency: str = Field(pattern=r"^[A-Z0-9]{1,5}(\.[A-Z0-9]{1,6}){0,5}$")
    unit: str | None = Field(default=None, max_length=60)
    roles: list[str] = Field(max_length=20)
    scope: Scope | None = None


class ChangeOfficerBody(BaseModel):
    """What is to change, and the version it was read at."""

    model_config = ConfigDict(extra="forbid")

    version: int
    full_name: str = Field(default="", max_length=200)
    unit: str | None = Field(default=None, max_length=60)
    roles: list[str] = Field(default=[], max_length=20)
    scope: Scope = Scope.OWN
    active: bool = True


class OfficerOut(BaseModel):
    """An officer as colleagues see him: no identity number, no telephone."""

    id: uuid.UUID
    login: str
    full_name: str
    agency: str
    unit: str | None
    roles: list[str]
    scope: str
    active: bool
    must_change_password: bool
    version: int
    delivered: bool | None = None
    role_names: list[str] = []
    waiting_names: list[str] = []
    """The roles that wait for a second person's word."""
    scope_label: str = ""
    waiting_scope_label: str | None = None
    """The wider data scope that waits for a second person's word."""

    @classmethod
    def of(cls, account: Account, lang: Lang, waiting: Waiting = Waiting()) -> "OfficerOut":
        """Show an officer, the roles named in the reader's language."""
        return cls(
            id=account.id,
            login=account.login or "",
            full_name=account.full_name,
            agency=account.agency or "",
            unit=account.unit,
            roles=account.roles,
            scope=account.scope,
            active=account.active,
            must_change_password=account.must_change_password,
            version=account.version,
            role_names=[Role(role).said(lang) for role in account.roles],
            waiting_names=[Role(role).said(lang) for role in waiting.roles],
            scope_label=Scope(account.scope).said(lang),
            waiting_scope_label=waiting.scope.said(lang) if waiting.scope else None,
        )


@router.get("", dependencies=[only_for(who_may(Right.READ_OFFICERS))])
async def listing(
    *,
    caller: CallerDep,
    session: SessionDep,
    visit: VisitDep,
    lang: LangDep,
    q: Annotated[str, Query(max_length=100)] = "",
    agency: Annotated[str | None, Query(max_length=LONGEST)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
    cursor: Annotated[str | None, Query(pattern="^[0-9]{1,6}$")] = None,
) -> Page[OfficerOut]:
    """List the officers in the caller's scope, by name."""
    offset = int(cursor or 0)
    rows, total = await list_officers(
        session, caller, agency, words=q, limit=limit, offset=offset, visitor=visit.visitor, now=visit.now
    )
    end = offset + len(rows)
    items = [OfficerOut.of(row, lang) for row in rows]
    return Page(items=items, total=total, next=str(end) if items and end < total else None)


@router.get("/{officer_id}", dependencies=[only_for(who_may(Right.READ_OFFICERS))])
async def show(
    officer_id: uuid.UUID, caller: CallerDep, session: SessionDep, visit: VisitDep, lang: LangDep
) -> OfficerOut:
    """Show one officer in the caller's scope."""
    found = await read_officer(session, caller, officer_id, visitor=visit.visitor, now=visit.now)
    return OfficerOut.of(found, lang)


@router.post(
    "",
    dependencies=[only_for(who_may(Right.GRANT_RIGHTS)), FRESH_PROOF],
    status_code=201,
    response_model=OfficerOut,
)
async def create(
    *,
    body: OfficerBody,
    caller: CallerDep,
    session: SessionDep,
    visit: VisitDep,
    lang: LangDep,
    idem: IdempotencyDep,
) -> OfficerOut | Response:
    """Create an officer of the caller's own agency and send the first password."""
    if (hit := await idem.replay(session)) is not None:
        return hit
    fields = body.model_dump(exclude={"id_number"})
    new = officer(number=body.id_number, default_scope=visit.built.rules.default_scope, **fields)
    created = await create_officer(
        session,
        caller,
        new,
        first_change=visit.built.rules.first_login_change,
        office_grants=visit.built.rules.office_grants,
        sign_in_address=visit.built.sign_in_address,
        grants_address=visit.built.grants_address,
        visitor=visit.visitor,
        passwords=visit.built.passwords,
        now=visit.now,
    )
    answer = OfficerOut.of(created.account, lang, created.waiting)
    await idem.remember(session, 201, answer)
    await session.commit()  # the account is on record before its password can arrive
    sent = [await visit.built.mail.send(letter) for letter in created.letters]
    answer.delivered = sent[0]
    return answer


@router.patch("/{officer_id}", dependencies=[only_for(who_may(Right.GRANT_RIGHTS)), FRESH_PROOF])
async def change(
    *,
    officer_id: uuid.UUID,
    body: ChangeOfficerBody,
    caller: CallerDep,
    session: SessionDep,
    visit: VisitDep,
    lang: LangDep,
) -> OfficerOut:
    """Change name, unit, roles, scope or activity of an officer of the caller's own agency."""
    values = body.model_dump(include=body.model_fields_set - {"version"})
    changed = await change_officer(
        session,
        caller,
        str(officer_id),
        values,
        version=body.version,
        office_grants=visit.built.rules.office_grants,
        grants_address=visit.built.grants_address,
        visitor=visit.visitor,
        now=visit.now,
    )
    await session.commit()
    for letter in changed.letters:
        await visit.built.mail.send(letter)
    return OfficerOut.of(changed.account, lang, changed.waiting)
