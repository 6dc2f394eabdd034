"""Publication decisions as they were registered, with what the responsible agencies owe."""

import uuid
from datetime import date, datetime
from typing import Annotated

from common.api import IdempotencyDep, LangDep, NowDep, SessionDep
from common.api.deps import only_for
from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, StringConstraints
from regulation.days import Day
from regulation.roles import Right, who_may
from regulation.typed import Typed

from catalog import queries
from catalog.api.deps import ChangeRulesDep, RegistrarDep
from catalog.api.procedures import read_code
from catalog.domain.changes import ItemDeed
from catalog.models import DecisionItem, PublicationDecision
from catalog.queries import changes
from catalog.usecases.register_decision import Decided, register_decision

router = APIRouter(prefix="/api/catalog/publication-decisions", tags=["decisions"])
Number = Annotated[Typed, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Name = Annotated[Typed, StringConstraints(strip_whitespace=True, min_length=2, max_length=1000)]
PageNumber = Annotated[int, Query(ge=1, le=10_000)]
MOST = 300
"""Procedures named at once."""


class DecisionItemBody(BaseModel):
    """A procedure of the decision under the name it has there."""

    procedure: str = Field(max_length=60)
    name: Name
    deed: ItemDeed
    agency: str = Field(max_length=40)


class DecisionBody(BaseModel):
    """Number, days and procedures of a decision; the same decision again adds procedures."""

    number: Number
    signed_on: Day
    effective_on: Day
    items: Annotated[list[DecisionItemBody], Field(min_length=1, max_length=MOST)]


class DecisionItemOut(BaseModel):
    """A procedure of the decision and who is responsible for it."""

    procedure: str
    name: str
    deed: ItemDeed
    deed_label: str
    agency: str
    agency_name: str


class DecisionOut(BaseModel):
    """A registered decision."""

    id: uuid.UUID
    number: str
    signed_on: date
    effective_on: date
    registered_at: datetime
    items: list[DecisionItemOut]


class DecisionList(BaseModel):
    """A page of the decisions, the newest first."""

    items: list[DecisionOut]
    total: int


def _out(
    decision: PublicationDecision, items: list[DecisionItem], names: dict[str, str], lang: str
) -> DecisionOut:
    shown = [
        DecisionItemOut(
            procedure=item.procedure,
            name=item.name,
            deed=ItemDeed(item.deed),
            deed_label=ItemDeed(item.deed).said(lang),
            agency=item.agency,
            agency_name=names.get(item.agency, item.agency),
        )
        for item in items
    ]
    told = {
        name: getattr(decision, name)
        for name in ("id", "number", "signed_on", "effective_on", "registered_at")
    }
    return DecisionOut(**told, items=shown)


@router.get("", dependencies=[only_for(who_may(Right.READ_CHANGES))])
async def list_decisions(session: SessionDep, lang: LangDep, page: PageNumber = 1) -> DecisionList:
    """List the registered decisions."""
    rows, total = await changes.decisions(session, page)
    items = await changes.items_of(session, [row.id for row in rows])
    names = await queries.agency_names(session)
    return DecisionList(items=[_out(row, items[row.id], names, lang) for row in rows], total=total)


@router.post(
    "", dependencies=[only_for(who_may(Right.REGISTER_DECISION))], status_code=201, response_model=DecisionOut
)
async def register(
    *,
    session: SessionDep,
    idem: IdempotencyDep,
    by: RegistrarDep,
    rules: ChangeRulesDep,
    now: NowDep,
    lang: LangDep,
    body: DecisionBody,
) -> DecisionOut | JSONResponse:
    """Register a decision; each responsible agency owes a request from now on."""
    if hit := await idem.replay(session):
        return hit
    decided = [Decided(read_code(item.procedure), item.name, item.deed, item.agency) for item in body.items]
    row = await register_decision(
        session, body.number, body.signed_on, body.effective_on, decided, rules=rules, by=by, now=now
    )
    items = (await changes.items_of(session, [row.id]))[row.id]
    out = _out(row, items, await queries.agency_names(session), lang)
    await idem.remember(session, 201, out)
    return out
