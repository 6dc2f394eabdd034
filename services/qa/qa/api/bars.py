"""Decisions that keep somebody from asking; and how to take part, in the coordinator's words."""

import uuid
from datetime import date, datetime

from common.api import CallerDep, IdempotencyDep, Page
from common.api.deps import only_for
from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from regulation.days import Day
from regulation.roles import Right, who_may
from regulation.typed import Typed

from qa.api.deps import BuiltDep, Cursor, Limit, VisitDep
from qa.api.triage import Words
from qa.models import Bar
from qa.queries.bars import bar_of, bars
from qa.usecases.bar_asker import bar_asker
from qa.usecases.end_bar import end_bar
from qa.usecases.write_guidance import write_guidance

router = APIRouter(prefix="/api/qa", tags=["bars"])
BARS = [only_for(who_may(Right.BAR_ASKER))]


class BarBody(BaseModel):
    """Whom a decision keeps from asking, why, until when, and where to appeal."""

    account: str | None = Field(default=None, max_length=80)
    id_number: str | None = Field(default=None, max_length=40)
    email: str | None = Field(default=None, max_length=254)
    phone: str | None = Field(default=None, max_length=40)
    decision: Words
    ground: Words
    appeal: Words
    until: Day


class EndBarBody(BaseModel):
    """Why a bar ends before its day."""

    reason: Words


class BarOut(BaseModel):
    """A decision that keeps somebody from asking."""

    id: uuid.UUID
    account: str | None
    id_number: str | None
    email: str | None
    phone: str | None
    decision: str
    ground: str
    appeal: str
    since: datetime
    until: date
    ended_at: datetime | None
    end_reason: str | None

    @classmethod
    def of(cls, bar: Bar) -> "BarOut":
        """Describe a decision."""
        return cls(**{name: getattr(bar, name) for name in cls.model_fields})


class GuidanceBody(BaseModel):
    """How to take part, after the edition that was seen."""

    vi: Typed = Field(min_length=20, max_length=20_000)
    en: str = Field(default="", max_length=20_000)
    version: int


class GuidanceOut(BaseModel):
    """How to take part."""

    vi: str
    en: str
    version: int


@router.get("/bars", dependencies=BARS)
async def list_bars(visit: VisitDep, limit: Limit = 50, cursor: Cursor = None) -> Page[BarOut]:
    """List the decisions, newest first."""
    found = await bars(visit.session, limit=limit, cursor=cursor)
    return Page(items=[BarOut.of(bar) for bar in found.rows], total=found.total, next=found.next)


@router.get("/bars/{bar_id}", dependencies=BARS)
async def one_bar(visit: VisitDep, bar_id: uuid.UUID) -> BarOut:
    """Show a decision."""
    return BarOut.of(await bar_of(visit.session, bar_id))


@router.post("/bars", dependencies=BARS, status_code=201, response_model=BarOut)
async def bar(
    *, visit: VisitDep, caller: CallerDep, idem: IdempotencyDep, built: BuiltDep, body: BarBody
) -> BarOut | JSONResponse:
    """Enter a decision that keeps somebody from asking."""
    if hit := await idem.replay(visit.session):
        return hit
    told = body.model_dump()
    made = await bar_asker(visit.session, caller, **told, proof_key=built.proof_key, now=visit.now)
    out = BarOut.of(made)
    await idem.remember(visit.session, 201, out)
    return out


@router.post("/bars/{bar_id}/ending", dependencies=BARS, status_code=201)
async def end(visit: VisitDep, caller: CallerDep, bar_id: uuid.UUID, body: EndBarBody) -> BarOut:
    """End a decision before its day."""
    return BarOut.of(await end_bar(visit.session, caller, bar_id, body.reason, visit.now))


@router.put("/guidance", dependencies=[only_for(who_may(Right.TRIAGE_QUESTION))])
async def guide(visit: VisitDep, caller: CallerDep, body: GuidanceBody) -> GuidanceOut:
    """Say how to take part. Source: TN Đ.24.4; R-QNA-26"""
    told = await write_guidance(
        visit.session, caller, vi=body.vi, en=body.en, version=body.version, now=visit.now
    )
    return GuidanceOut(vi=told.vi, en=told.en, version=told.edition)
