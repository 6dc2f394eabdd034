"""The facts this service announces: an entry began, changed or ended. What is personal stays in the book."""

from datetime import datetime
from typing import ClassVar

from common.events import Event
from pydantic import BaseModel, ConfigDict


class NoticeWords(BaseModel):
    """What everybody is told, per language."""

    model_config = ConfigDict(frozen=True)

    vi: str
    en: str


class EntryFact(Event):
    """An entry of a book; `notice` is missing where nobody outside is told.

    `touches` says what of what people do is not to be relied on while it lasts; facts of 2026-11 do not say it.
    `alarm` says that somebody has to act at once.
    """

    book: str
    number: str
    state: str
    planned: bool
    began_at: datetime | None
    expected_at: datetime | None
    ended_at: datetime | None
    notice: NoticeWords | None
    touches: list[str] | None = None
    alarm: bool = False


class EntryOpened(EntryFact):
    """Something was entered in a book."""

    type: ClassVar[str] = "registers.entry_opened.v1"


class EntryChanged(EntryFact):
    """A line was added to an entry; `notice_changed` says that the words or times for everybody are others now."""

    type: ClassVar[str] = "registers.entry_changed.v1"

    notice_changed: bool


class EntryClosed(EntryFact):
    """What an entry tells of has ended."""

    type: ClassVar[str] = "registers.entry_closed.v1"


ALL: tuple[type[Event], ...] = (EntryOpened, EntryChanged, EntryClosed)
