"""How the people of a dossier were reached, and telephone calls with them."""

import uuid
from datetime import datetime
from typing import Annotated

from common.api import CallerDep, IdempotencyDep, LangDep, NowDep, SessionDep
from common.api.deps import only_for
from fastapi import APIRouter, Path
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from regulation.days import Moment
from regulation.roles import Right, who_may
from regulation.text import Lang
from regulation.typed import Typed

from notify.domain.calls import CallResult, Direction
from notify.domain.channels import Channel
from notify.domain.delivery import State, Way, unreached
from notify.models import Call, Message
from notify.queries.reached import calls_of, notices_of, reachable_dossier
from notify.usecases.record_call import Called, record_call

router = APIRouter(prefix="/api/notify/dossiers", tags=["dossiers"])
READ = (Right.READ_DESK, Right.READ_HANDLING)
"""Whoever has the first has the second too; each reaches as far as it does."""
Code = Annotated[str, Path(max_length=60)]


class WayOut(BaseModel):
    """How a notice went over one channel: how often it was tried, how it ended and why, in whose place it was taken."""

    channel: str
    state: str
    reason: str | None
    attempts: int
    next_attempt_at: datetime | None
    finished_at: datetime | None
    instead_of: str | None


class NoticeOut(BaseModel):
    """A notice to somebody of the dossier; `unreached` says that nothing outside the inbox carried it."""

    id: uuid.UUID
    kind: str
    subject: str
    created_at: datetime
    read_at: datetime | None
    unreached: bool
    ways: list[WayOut]


class CallOut(BaseModel):
    """A telephone call as it was written down."""

    id: uuid.UUID
    direction: Direction
    result: CallResult
    note: str
    called_at: datetime
    called_by: str
    """The name of the officer; empty where it is not known here."""


class ReachedOut(BaseModel):
    """What was told about a dossier and how, the newest first; `may_call` says that the caller may write calls down."""

    code: str
    may_call: bool
    notices: list[NoticeOut]
    calls: list[CallOut]


class CallBody(BaseModel):
    """A call that was made or taken."""

    direction: Direction
    result: CallResult
    note: Typed = Field(default="", max_length=500)
    called_at: Moment


def notice_out(message: Message, lang: Lang) -> NoticeOut:
    """Describe a notice with its ways."""
    ways = sorted(message.deliveries, key=lambda one: one.channel)
    standing = [Way(Channel(one.channel), State(one.state), one.reason) for one in ways]
    return NoticeOut(
        id=message.id,
        kind=message.kind,
        subject=message.subject[lang],
        created_at=message.created_at,
        read_at=message.read_at,
        unreached=unreached(standing),
        ways=[
            WayOut(
                **{name: getattr(one, name) for name in WayOut.model_fields if name != "next_attempt_at"},
                next_attempt_at=None if one.finished_at else one.next_attempt_at,
            )
            for one in ways
        ],
    )


def call_out(call: Call, name: str | None) -> CallOut:
    """Describe a call."""
    fields = {name: getattr(call, name) for name in CallOut.model_fields if name != "called_by"}
    return CallOut(**fields, called_by=name or "")


@router.get("/{code}/notices", dependencies=[only_for(who_may(Right.READ_HANDLING))])
async def show(code: Code, caller: CallerDep, session: SessionDep, lang: LangDep) -> ReachedOut:
    """Show which notices went to the people of a dossier, by which ways, with what result; and the calls.

    Source: NB Đ.8.2; TN Đ.11.5.c; R-NTF-13
    """
    dossier = await reachable_dossier(session, caller, code, *READ)
    return ReachedOut(
        code=dossier.code,
        may_call=bool(caller.roles & who_may(Right.LOG_CALL)),
        notices=[notice_out(one, lang) for one in await notices_of(session, dossier)],
        calls=[call_out(call, name) for call, name in await calls_of(session, dossier.code)],
    )


@router.post(
    "/{code}/calls",
    dependencies=[only_for(who_may(Right.LOG_CALL))],
    status_code=201,
    response_model=CallOut,
)
async def call(
    *,
    code: Code,
    body: CallBody,
    caller: CallerDep,
    session: SessionDep,
    now: NowDep,
    idem: IdempotencyDep,
) -> CallOut | JSONResponse:
    """Write a telephone call down."""
    if hit := await idem.replay(session):
        return hit
    called = Called(body.direction, body.result, body.note, body.called_at)
    out = call_out(await record_call(session, caller, code, called, now), None)
    await idem.remember(session, 201, out)
    return out
