"""The states of an entry and the kinds of lines it consists of, each with its words."""

from enum import StrEnum


class State(StrEnum):
    """Whether an entry (mục ghi trong sổ) still runs."""

    OPEN = "open"
    CLOSED = "closed"

    def said(self, lang: str) -> str:
        """Return the state in Vietnamese or English."""
        return _STATES[self][lang == "en"]


class Deed(StrEnum):
    """What a line of an entry tells: it was entered, something was done, it was corrected, it ended."""

    OPENED = "opened"
    DONE = "done"
    CORRECTED = "corrected"
    CLOSED = "closed"

    def said(self, lang: str) -> str:
        """Return the kind of line in Vietnamese or English."""
        return _DEEDS[self][lang == "en"]


_STATES = {State.OPEN: ("Đang mở", "Open"), State.CLOSED: ("Đã kết thúc", "Closed")}
_DEEDS = {
    Deed.OPENED: ("Ghi vào sổ", "Entered"),
    Deed.DONE: ("Việc đã làm", "Done"),
    Deed.CORRECTED: ("Sửa, có lý do", "Corrected, with a reason"),
    Deed.CLOSED: ("Kết thúc", "Closed"),
}
