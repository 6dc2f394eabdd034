"""Books: which there are, their entries, one entry, and a book taken out whole."""

from fastapi import APIRouter, Response

from portal.api.relayed import relay_file
from portal.api.visit import OfficerDep, Visit
from portal.domain.addresses import Page
from portal.domain.fields import Choice, Field

router = APIRouter()
STATES = {"": "Tất cả", "open": "Đang mở", "closed": "Đã kết thúc"}


@router.get(Page.BOOKS)
async def books(visit: OfficerDep) -> Response:
    """List the books this officer may read."""
    return visit.page("admin/books.html", books=await visit.registers.books())


@router.get(Page.BOOK)
async def entries(visit: OfficerDep, book: str) -> Response:
    """Show a book, newest entry first, by state and one choice."""
    told, wish = await visit.registers.book(book), _wish(visit)
    cursor = visit.request.query_params.get("cursor", "")[:400]
    found = await visit.registers.entries(book, **wish, cursor=cursor, limit=30)
    tabs = [
        (words, Page.BOOK.at(book=book, state=state, chosen=wish["chosen"]), state)
        for state, words in STATES.items()
    ]
    offered = (Choice("", visit.say("Tất cả")), *(Choice(one.value, one.label) for one in told.choices))
    chosen = (
        Field("chosen", told.chosen_by, "select", wish["chosen"], choices=offered) if told.choices else None
    )
    return visit.page("admin/book.html", book=told, found=found, tabs=tabs, wish=wish, chosen=chosen)


@router.get(Page.BOOK_CSV)
async def export(visit: OfficerDep, book: str) -> Response:
    """Hand out what the list shows, each entry whole, for spreadsheet programs."""
    return relay_file(visit, await visit.registers.csv(book, **_wish(visit)), name=f"{book}.csv")


@router.get(Page.ENTRY)
async def entry(visit: OfficerDep, book: str, number: str) -> Response:
    """Show a whole entry with its lines."""
    told, found = await visit.registers.book(book), await visit.registers.entry(book, number)
    return visit.page("admin/entry.html", book=told, entry=found)


def _wish(visit: Visit) -> dict[str, str]:
    asked = visit.request.query_params
    state = asked.get("state", "")
    return {"state": state if state in STATES else "", "chosen": asked.get("chosen", "")[:60]}
