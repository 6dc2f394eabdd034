"""Books and their entries, to read and to take out."""

from itertools import groupby
from typing import Annotated, Any, Final

from common.api import CallerDep, LangDep
from common.api.deps import only_for
from common.counting import CAP
from common.spreadsheets import BOM, Cell, table
from fastapi import APIRouter, Depends, Query, Response
from regulation.days import Moment
from regulation.roles import who_may
from regulation.zone import local

from registers import queries
from registers.api.deps import BuiltDep, Desk, ReadingDep
from registers.api.shapes import (
    BookOut,
    EntryOut,
    EntryPageOut,
    EntryRowOut,
    book_out,
    cell_of,
    entry_out,
    history_of,
    row_of,
)
from registers.domain import State
from registers.domain.book import READS
from registers.models import Entry, Line
from registers.queries import Wish

MOST: Final = 20_000
"""Entries of one export; who needs more narrows the days."""
READERS: Final = frozenset(role for right in READS for role in who_may(right))
router = APIRouter(prefix="/api/registers/books", tags=["books"], dependencies=[only_for(READERS)])
_WORDS: Final = {
    "vi": ("Số", "Trạng thái", "Ghi lúc", "Bắt đầu", "Kết thúc", "Người ghi", "Các việc đã làm và đã sửa"),
    "en": ("Number", "State", "Entered", "Began", "Ended", "Entered by", "What was done and corrected"),
}


async def wish(
    state: State | None = None,
    chosen: Annotated[str, Query(max_length=60)] = "",
    since: Moment | None = None,
    until: Moment | None = None,
) -> Wish:
    """Read what is asked of a book."""
    return Wish(state, chosen, since, until)


WishDep = Annotated[Wish, Depends(wish)]


@router.get("")
async def books(built: BuiltDep, caller: CallerDep, lang: LangDep) -> list[BookOut]:
    """List the books the caller may read."""
    return [
        book_out(
            book,
            lang,
            can_keep=not caller.roles.isdisjoint(who_may(book.keeps)),
            suggested=built.suggested,
        )
        for book in built.books.values()
        if not caller.roles.isdisjoint(who_may(book.reads))
    ]


@router.get("/{book}")
async def one_book(desk: ReadingDep) -> BookOut:
    """Describe a book."""
    return book_out(desk.book, desk.lang, can_keep=desk.keeps, suggested=desk.suggested)


@router.get("/{book}/entries")
async def entries(
    *,
    desk: ReadingDep,
    asked: WishDep,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
) -> EntryPageOut:
    """List the entries of a book, newest first."""
    found = await queries.page(desk.session, desk.book, asked, limit=limit, cursor=cursor)
    items = [EntryRowOut(**row_of(desk.book, entry, desk.lang)) for entry in found.items]
    return EntryPageOut(items=items, total=found.total, next=found.next, capped=found.total >= CAP)


@router.get("/{book}/entries.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
async def export(desk: ReadingDep, asked: WishDep) -> Response:
    """Export what a list shows, each entry whole. Source: TN Đ.22.1.d; R-OPS-04"""
    rows = (await desk.session.scalars(queries.entries(desk.book, asked).limit(MOST))).all()
    told = await queries.lines(desk.session, [row.number for row in rows])
    lines = {number: list(of) for number, of in groupby(told, key=lambda line: line.number)}
    names = await queries.names(desk.session, {row.opened_by for row in rows})
    first, *rest = _WORDS[desk.lang]
    labels = [question.label.told(desk.lang) for question in desk.book.questions.values()]
    cells = [_cells(desk, row, lines[row.number], names.get(row.opened_by, row.opened_by)) for row in rows]
    headers = {"Content-Disposition": f'attachment; filename="{desk.book.key}.csv"'}
    body = BOM + table([[first, *rest[:-1], *labels, rest[-1]], *cells], desk.lang)
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)


def _cells(desk: Desk, entry: Entry, lines: list[Line], by: str) -> list[Cell]:
    said: list[Cell] = [entry.number, State(entry.state).said(desk.lang)]
    said += [at and local(at) for at in (entry.opened_at, entry.began_at, entry.ended_at)]
    said.append(by)
    said += [cell_of(desk.book, name, entry.values, desk.lang).told for name in desk.book.questions]
    return [*said, history_of(lines, desk.book, desk.lang)]


@router.get("/{book}/entries/{number}")
async def one_entry(desk: ReadingDep, number: str) -> EntryOut:
    """Show a whole entry with its lines."""
    return await shown(desk, await queries.entry(desk.session, desk.book, number))


async def shown(desk: Desk, entry: Entry) -> EntryOut:
    """Describe an entry to the caller of a request."""
    lines = await queries.lines(desk.session, [entry.number])
    names = await queries.names(desk.session, {line.by for line in lines})
    return entry_out(desk.book, entry, lines, names, lang=desk.lang, actions=actions_of(desk, entry))


def actions_of(desk: Desk, entry: Entry) -> list[str]:
    """Return what the caller may do with an entry."""
    may: dict[str, Any] = {
        "deeds": desk.book.deeds and not entry.is_closed,
        "corrections": True,
        "closing": desk.book.closes and not entry.is_closed,
    }
    return [name for name, here in may.items() if here and desk.keeps]
