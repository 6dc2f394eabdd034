"""What the board announces, and the slice of it a reader reads."""

from datetime import UTC, datetime
from typing import ClassVar

from common.events import Event
from common.inbox import Slice

AT = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)


class NoticePosted(Event):
    type: ClassVar[str] = "board.notice_posted.v1"
    text: str


class NoticeTaken(Event):
    type: ClassVar[str] = "board.notice_taken.v1"


class PostedSlice(Slice):
    type: ClassVar[str] = NoticePosted.type
    aggregate_id: str
    text: str


def posted(
    name: str, text: str = "họp tổ dân phố", version: int = 1, agency: str | None = "H42.101"
) -> NoticePosted:
    return NoticePosted(
        aggregate_id=name, aggregate_version=version, agency=agency, occurred_at=AT, text=text
    )
