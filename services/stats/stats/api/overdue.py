"""Overdue dossiers of some days: the list, its print, and what the Chairman instructed."""

import asyncio
import uuid
from datetime import date, datetime
from importlib.resources import files
from typing import Annotated, Any

from common.api import CallerDep, LangDep, NowDep, SessionDep
from common.api.deps import only_for
from documents.typesetting import render_pdf
from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, Field
from regulation.days import Day
from regulation.roles import Right, who_may
from regulation.text import Lang, short_date, short_instant
from regulation.typed import Line, Typed
from regulation.zone import local_day

from stats import queries
from stats.api.question_figures import known_of
from stats.api.question_shapes import Known
from stats.domain.overdue import Days, Overdue, days_late
from stats.models import Instruction
from stats.queries import overdue as found
from stats.usecases.record_instruction import Word, record_instruction

router = APIRouter(prefix="/api/stats", tags=["overdue"])
SEES = [only_for(who_may(Right.DRILL_DOWN))]
LAYOUT = files("stats") / "documents" / "overdue.typ"


class OverdueRowOut(BaseModel):
    """A dossier that was overdue on one of the days."""

    code: str
    agency: str
    agency_name: str
    field_name: str
    procedure_code: str
    received_at: datetime
    due_at: datetime
    closed_at: datetime | None
    days_late: int


class OverdueCountOut(BaseModel):
    """How many an agency has."""

    agency: str
    agency_name: str
    count: int


class InstructionOut(BaseModel):
    """What was instructed about the list of some days."""

    id: uuid.UUID
    first: date
    last: date
    overdue_count: int
    reported_on: date
    received_on: date
    given_by: str
    words: str
    recorded_at: datetime


class OverdueOut(BaseModel):
    """The overdue dossiers of some days in the caller's sight, by agency and one by one, and the instructions.

    Of very many the longest overdue are named; `total` and `agencies` count all.
    """

    first: date
    last: date
    as_of: datetime
    total: int
    agencies: list[OverdueCountOut]
    items: list[OverdueRowOut]
    instructions: list[InstructionOut]


class InstructionBody(BaseModel):
    """The Chairman's word, on the report of some days."""

    first: Day
    last: Day
    given_by: Line
    words: Typed = Field(max_length=4000)
    reported_on: Day
    received_on: Day


class Visit:
    """Who asks for the list of which days."""

    def __init__(
        self,
        *,
        session: SessionDep,
        now: NowDep,
        caller: CallerDep,
        lang: LangDep,
        first: Annotated[Day | None, Query(description="first local day; default: today")] = None,
        last: Annotated[Day | None, Query(description="last local day; default: the first")] = None,
    ) -> None:
        """Keep what was asked. Raises: DaysUnusableError."""
        self.session, self.now, self.caller, self.lang = session, now, caller, lang
        begins = first or local_day(now)
        self.days = Days(begins, last or begins)
        self.days.expect_usable(local_day(now))


VisitDep = Annotated[Visit, Depends()]


@router.get("/overdue", dependencies=SEES)
async def show(visit: VisitDep) -> OverdueOut:
    """Return the overdue dossiers of a day or of several, the longest overdue first."""
    return await _told(visit)


@router.get(
    "/overdue.pdf",
    dependencies=SEES,
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
)
async def print_list(visit: VisitDep) -> Response:
    """Print the list as PDF."""
    data = _printed(await _told(visit), visit.now)
    pdf = await asyncio.to_thread(render_pdf, LAYOUT.read_text(encoding="utf-8"), data)
    headers = {"Content-Disposition": 'inline; filename="ho-so-qua-han.pdf"', "Cache-Control": "no-store"}
    return Response(pdf, media_type="application/pdf", headers=headers)


@router.post("/instructions", dependencies=[only_for(who_may(Right.URGE_AGENCY))], status_code=201)
async def instruct(
    body: InstructionBody, session: SessionDep, caller: CallerDep, now: NowDep
) -> InstructionOut:
    """Record what the Chairman instructed."""
    word = Word(body.given_by, body.words, body.reported_on, body.received_on)
    return _instruction(await record_instruction(session, caller, Days(body.first, body.last), word, now))


async def _told(visit: Visit) -> OverdueOut:
    seen, known = queries.in_sight(visit.caller), await known_of(visit.session)
    asked = (visit.session, seen, visit.days, visit.now)
    rows, counts = await found.overdue(*asked), await found.counted(*asked)
    until = min(visit.now, visit.days.ends_at)
    fields = await queries.field_names(visit.session)
    return OverdueOut(
        first=visit.days.first,
        last=visit.days.last,
        as_of=visit.now,
        total=sum(count for _, count in counts),
        agencies=[
            OverdueCountOut(agency=code, agency_name=_said(known, code, visit.lang), count=count)
            for code, count in counts
        ],
        items=[_row(one, known, fields, visit.lang, until) for one in rows],
        instructions=[_instruction(one) for one in await found.instructions(visit.session, visit.days)],
    )


def _row(one: Overdue, known: Known, fields: dict[str, str], lang: Lang, until: datetime) -> OverdueRowOut:
    return OverdueRowOut(
        code=one.code,
        agency=one.competent_agency,
        agency_name=_said(known, one.competent_agency, lang),
        field_name=fields.get(one.field, one.field),
        procedure_code=one.procedure_code,
        received_at=one.received_at,
        due_at=one.due_at,
        closed_at=one.closed_at,
        days_late=days_late(one, until),
    )


def _said(known: Known, key: str, lang: Lang) -> str:
    name, name_en = known.names.get(key, (key, None))
    return (name_en or name) if lang == "en" else name


def _instruction(kept: Instruction) -> InstructionOut:
    return InstructionOut.model_validate(kept, from_attributes=True)


def _printed(told: OverdueOut, now: datetime) -> dict[str, Any]:
    """Return what the layout prints, in Vietnamese as official papers are."""
    first, last = short_date(told.first, "vi"), short_date(told.last, "vi")
    return {
        "title": "Danh sách hồ sơ quá hạn",
        "period": f"Ngày {first}" if told.first == told.last else f"Từ ngày {first} đến ngày {last}",
        "total": told.total,
        "left_out": told.total - len(told.items),
        "counts": [[one.agency_name, one.count] for one in told.agencies],
        "rows": [
            [
                str(number),
                one.code,
                one.agency_name,
                one.field_name,
                short_instant(one.due_at, "vi"),
                short_instant(one.closed_at, "vi") if one.closed_at else "chưa xong",
                str(one.days_late),
            ]
            for number, one in enumerate(told.items, start=1)
        ],
        "instructions": [
            f"{one.given_by}, ngày {short_date(one.received_on, 'vi')}: {one.words}"
            for one in told.instructions
        ],
        "made_at": short_instant(now, "vi"),
    }
