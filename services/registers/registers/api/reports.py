"""Reporting that something does not work: whoever is signed in does it, gets a number, and sees what came of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from common.api import CallerDep, IdempotencyDep, LangDep, NowDep, SessionDep
from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from regulation.text import Lang

from registers import queries
from registers.api.deps import BuiltDep
from registers.api.entries import OpenEntryBody
from registers.api.shapes import cell_of
from registers.domain import Book, State
from registers.models import Entry
from registers.usecases.open_entry import open_entry

router = APIRouter(prefix="/api/registers/reports", tags=["reports"])
BOOK: Final = "reports"
SHOWN: Final = 20
"""The newest of one's own reports that are listed."""


class ReportOut(BaseModel):
    """What somebody reported, how it stands, and the answer once there is one."""

    number: str
    state: str
    state_label: str
    opened_at: datetime
    closed_at: datetime | None
    part: str
    what: str
    answer: str


class ReportsOut(BaseModel):
    """One's own reports, newest first, and the questions of a new one as an e-form."""

    items: list[ReportOut]
    opening: dict[str, Any]


@router.get("")
async def own(caller: CallerDep, session: SessionDep, built: BuiltDep, lang: LangDep) -> ReportsOut:
    """List one's own reports. Source: BD Đ.14.6; R-OPS-05"""
    book = built.books[BOOK]
    found = await queries.opened_by(session, book, caller.subject, SHOWN)
    return ReportsOut(items=[report_out(book, one, lang) for one in found], opening=_asked(book))


@router.post("", status_code=201, response_model=ReportOut)
async def report(
    *,
    body: OpenEntryBody,
    caller: CallerDep,
    session: SessionDep,
    built: BuiltDep,
    idem: IdempotencyDep,
    lang: LangDep,
    now: NowDep,
) -> ReportOut | JSONResponse:
    """Report that something does not work; an officer's report names the agency."""
    if hit := await idem.replay(session):
        return hit
    book = built.books[BOOK]
    typed = {name: said for name, said in body.values.items() if name != "agency"}
    home = {"agency": caller.agency} if caller.agency else {}
    entry = await open_entry(session, book, caller.subject, {**typed, **home}, now)
    out = report_out(book, entry, lang)
    await idem.remember(session, 201, out)
    return out


def report_out(book: Book, entry: Entry, lang: Lang) -> ReportOut:
    """Tell who reported something how it stands."""
    said = {name: cell_of(book, name, entry.values, lang).told for name in ("part", "what", "answer")}
    return ReportOut(
        number=entry.number,
        state=entry.state,
        state_label=State(entry.state).said(lang),
        opened_at=entry.opened_at,
        closed_at=entry.closed_at,
        **said,
    )


def _asked(book: Book) -> dict[str, Any]:
    """Give the questions somebody is asked: the agency is known."""
    pages: list[Mapping[str, Any]] = book.opening_definition["pages"]
    own = [
        {**page, "fields": [field for field in page["fields"] if field["name"] != "agency"]} for page in pages
    ]
    return {**book.opening_definition, "pages": own}
