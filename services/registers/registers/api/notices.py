"""What everybody is told now: incidents that are open or just ended, and planned stops."""

from datetime import datetime, timedelta

from common.api import NowDep, SessionDep
from fastapi import APIRouter
from pydantic import BaseModel

from registers import queries
from registers.api.deps import BuiltDep
from registers.domain import Book
from registers.domain.entries import shows, words_of
from registers.models import Entry

router = APIRouter(prefix="/api/registers/notices", tags=["notices"])


class NoticeOut(BaseModel):
    """A notice to everybody in both languages; `planned` is a stop that was planned, `over` says that it ended."""

    number: str
    planned: bool
    over: bool
    text: str
    text_en: str
    began_at: datetime | None
    expected_at: datetime | None
    ended_at: datetime | None


class NoticeList(BaseModel):
    """The notices that stand on every page now."""

    items: list[NoticeOut]


@router.get("")
async def notices(session: SessionDep, built: BuiltDep, now: NowDep) -> NoticeList:
    """List what stands on every page now. Source: NB Đ.8.1; TN Đ.22.1.a; R-NTF-11; R-OPS-02"""
    books = {key: book for key, book in built.books.items() if book.notice}
    longest = max((book.notice.after for book in books.values() if book.notice), default=timedelta())
    found = await queries.told_of(session, books, now - longest)
    told = [notice_of(books[entry.book], entry, now) for entry in found]
    return NoticeList(items=[one for one in told if one is not None])


def notice_of(book: Book, entry: Entry, now: datetime, *, past: bool = False) -> NoticeOut | None:
    """Return what is told of an entry now, or was told of one that is `past`; None where nothing is."""
    words = words_of(book.notice, entry.values)
    if book.notice is None or words is None:
        return None
    if not past and not shows(book.notice, entry.instants, closed_at=entry.closed_at, now=now):
        return None
    return NoticeOut(
        number=entry.number,
        planned=book.notice.planned,
        over=entry.is_closed,
        text=words["vi"],
        text_en=words["en"],
        began_at=entry.began_at,
        expected_at=entry.expected_at,
        ended_at=entry.ended_at,
    )
