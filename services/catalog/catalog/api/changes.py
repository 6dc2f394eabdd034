"""Change requests: an agency asks, the editor or operator carries out, both see by when and why."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from common.api import CallerDep, IdempotencyDep, LangDep, NowDep, SessionDep
from common.api.deps import only_for
from common.security import Caller
from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from regulation.days import Day
from regulation.roles import Right, who_may
from regulation.typed import Line, Reason, Typed
from sqlalchemy.ext.asyncio import AsyncSession

from catalog import queries
from catalog.api.decisions import PageNumber
from catalog.api.deps import ChangeRulesDep
from catalog.api.procedures import read_code
from catalog.domain.changes import (
    ChangeDeed,
    ChangeKind,
    ChangeRules,
    ChangeState,
    WaitsFor,
    possible,
    why_then,
)
from catalog.models import ChangeClock, ChangeRequest
from catalog.queries import changes
from catalog.usecases.send_change_request import Wanted, file_change_request, send_change_request
from catalog.usecases.settle_change_request import settle_change_request

router = APIRouter(prefix="/api/catalog/change-requests", tags=["changes"])
READING, ASKING = only_for(who_may(Right.READ_CHANGES)), only_for(who_may(Right.REQUEST_CHANGE))
SETTLING = only_for(who_may(Right.EDIT_DIRECTORY))


class ChangeRequestBody(BaseModel):
    """What is asked for; the deciding document is named by number and day."""

    kind: ChangeKind
    document_number: Line | None = None
    document_on: Day | None = None
    content: Reason
    procedures: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=300)] = []
    level: Annotated[Typed, Field(max_length=40)] | None = None


class SendBody(BaseModel):
    """What is to change, and the row version that was seen."""

    content: Reason
    version: int


class SettleBody(BaseModel):
    """What was done or why it is returned, and the row version that was seen."""

    answer: Reason
    version: int


class TakeBody(BaseModel):
    """The row version that was seen."""

    version: int


class ChangeRequestOut(BaseModel):
    """A change request with its running due date, and what the caller may do about it."""

    id: uuid.UUID
    kind: ChangeKind
    kind_label: str
    state: ChangeState
    state_label: str
    agency: str
    agency_name: str
    document_number: str
    document_on: date
    procedures: list[str]
    content: str
    answer: str
    created_at: datetime
    sent_at: datetime | None
    ended_at: datetime | None
    waits_for: WaitsFor | None
    due_at: datetime | None
    why_then: str
    overdue: bool
    was_late: bool
    version: int
    actions: list[ChangeDeed]


class ChangeRequestList(BaseModel):
    """A page of the requests within the caller's reach, and whether the caller may file one."""

    items: list[ChangeRequestOut]
    total: int
    may_file: bool


def _deeds(request: ChangeRequest, caller: Caller) -> list[ChangeDeed]:
    mine: set[ChangeDeed] = set()
    if request.agency == caller.agency and caller.roles & who_may(Right.REQUEST_CHANGE):
        mine.add(ChangeDeed.SEND)
    settles = Right.EDIT_CATALOGUE if request.kind == ChangeKind.PROCEDURES else Right.EDIT_DIRECTORY
    if caller.roles & who_may(settles):
        mine |= {ChangeDeed.TAKE, ChangeDeed.COMPLETE, ChangeDeed.RETURN}
    return possible(ChangeState(request.state), mine)


@dataclass(frozen=True)
class Asked:
    """One request with what every route here needs."""

    session: AsyncSession
    caller: Caller
    rules: ChangeRules
    lang: str
    now: datetime

    async def outs(self, rows: Sequence[ChangeRequest]) -> list[ChangeRequestOut]:
        """Show requests."""
        names = await queries.agency_names(self.session)
        clocks = await changes.clocks_of(self.session, [row.id for row in rows])
        return [_out(row, clocks[row.id], names, self) for row in rows]

    async def settled(self, id_: uuid.UUID, deed: ChangeDeed, answer: str, seen: int) -> ChangeRequestOut:
        """Go on with a request."""
        row = await settle_change_request(
            self.session, id_, deed, answer, seen=seen, rules=self.rules, caller=self.caller, now=self.now
        )
        return (await self.outs([row]))[0]


async def _asked(
    session: SessionDep, caller: CallerDep, rules: ChangeRulesDep, lang: LangDep, now: NowDep
) -> Asked:
    return Asked(session, caller, rules, lang, now)


AskedDep = Annotated[Asked, Depends(_asked)]


def _out(
    row: ChangeRequest, clocks: Sequence[ChangeClock], names: dict[str, str], asked: Asked
) -> ChangeRequestOut:
    lang, now = asked.lang, asked.now
    running = next((clock for clock in clocks if clock.ended_at is None), None)
    same = set(ChangeRequestOut.model_fields) & set(row.__mapper__.columns.keys())
    return ChangeRequestOut(
        **{name: getattr(row, name) for name in same},
        kind_label=ChangeKind(row.kind).said(lang),
        state_label=ChangeState(row.state).said(lang),
        agency_name=names.get(row.agency, row.agency),
        waits_for=WaitsFor(running.waits_for) if running else None,
        due_at=running.due_at if running else None,
        why_then=why_then(running.ledger, lang) if running else "",
        overdue=running is not None and running.late(now),
        was_late=any(clock.late(now) for clock in clocks),
        actions=_deeds(row, asked.caller),
    )


@router.get("", dependencies=[READING])
async def list_requests(asked: AskedDep, ended: bool = False, page: PageNumber = 1) -> ChangeRequestList:
    """List what is open, or what has ended."""
    caller = asked.caller
    rows, total = await changes.change_requests(asked.session, caller, ended=ended, page=page)
    may_file = bool(caller.roles & who_may(Right.REQUEST_CHANGE)) and caller.agency is not None
    return ChangeRequestList(items=await asked.outs(rows), total=total, may_file=may_file)


@router.get("/{request_id}", dependencies=[READING])
async def show_request(asked: AskedDep, request_id: uuid.UUID) -> ChangeRequestOut:
    """Show one request."""
    row = await changes.change_request(asked.session, asked.caller, request_id)
    return (await asked.outs([row]))[0]


@router.post("", dependencies=[ASKING], status_code=201, response_model=ChangeRequestOut)
async def file_request(
    asked: AskedDep, idem: IdempotencyDep, body: ChangeRequestBody
) -> ChangeRequestOut | JSONResponse:
    """File a request that no registered decision asks for."""
    if hit := await idem.replay(asked.session):
        return hit
    codes = [read_code(code) for code in body.procedures]
    wanted = Wanted(body.kind, body.document_number, body.document_on, body.content, codes, body.level)
    row = await file_change_request(
        asked.session, wanted, rules=asked.rules, caller=asked.caller, now=asked.now
    )
    out = (await asked.outs([row]))[0]
    await idem.remember(asked.session, 201, out)
    return out


@router.post("/{request_id}/sending", dependencies=[ASKING])
async def send(asked: AskedDep, request_id: uuid.UUID, body: SendBody) -> ChangeRequestOut:
    """Send what the agency owes, or what came back."""
    row = await send_change_request(
        asked.session,
        request_id,
        body.content,
        seen=body.version,
        rules=asked.rules,
        caller=asked.caller,
        now=asked.now,
    )
    return (await asked.outs([row]))[0]


@router.post("/{request_id}/taking", dependencies=[SETTLING])
async def take(asked: AskedDep, request_id: uuid.UUID, body: TakeBody) -> ChangeRequestOut:
    """Take a request to carry it out."""
    return await asked.settled(request_id, ChangeDeed.TAKE, "", body.version)


@router.post("/{request_id}/completion", dependencies=[SETTLING])
async def complete(asked: AskedDep, request_id: uuid.UUID, body: SettleBody) -> ChangeRequestOut:
    """Say what was done."""
    return await asked.settled(request_id, ChangeDeed.COMPLETE, body.answer, body.version)


@router.post("/{request_id}/return", dependencies=[SETTLING])
async def return_(asked: AskedDep, request_id: uuid.UUID, body: SettleBody) -> ChangeRequestOut:
    """Return a request with the reason."""
    return await asked.settled(request_id, ChangeDeed.RETURN, body.answer, body.version)
