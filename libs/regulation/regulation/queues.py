"""The queues officers work from: which there are, who has each, what stands in it, how it is ordered and shown.

Declared once: the services that answer a queue build its condition from this, the pages that show it their columns.

Source: TN Đ.12.1; NB Đ.24.1; R-INT-01, R-PRC-16
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from regulation.roles import Right
from regulation.states import DECIDED, ENDED, WITH_THE_UNIT, State


class DeskList(StrEnum):
    """The lists a desk works from (danh sách việc của một cửa). Source: TN Đ.12.1; R-INT-01"""

    TO_CHECK = "to_check"
    SUPPLEMENT = "supplement"
    AT_THE_UNIT = "at_the_unit"
    TO_HAND_OVER = "to_hand_over"
    CLOSED = "closed"
    DUE_TODAY = "due_today"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"


class WorkFilter(StrEnum):
    """The work lists an officer finds at login (danh sách việc). Source: NB Đ.24.1; R-PRC-16"""

    NEW = "new"
    MINE = "mine"
    DUE_TODAY = "due_today"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    SENT_BACK = "sent_back"
    WAITING = "waiting"
    TO_SIGN = "to_sign"
    ABSENT = "absent"
    ALL = "all"


class Due(StrEnum):
    """How near the deadline is; today is what ends before the day is over, late or not."""

    OVERDUE = "overdue"
    SOON = "soon"
    TODAY = "today"


class Hand(StrEnum):
    """In whose hands a dossier is."""

    NOBODYS = "nobodys"
    CALLERS = "callers"
    ABSENT = "absent"


class Waits(StrEnum):
    """What a dossier waits for beside its state: a leader, others (an opinion, the applicant), a correction."""

    LEADER = "leader"
    OTHERS = "others"
    CORRECTION = "correction"


class Sort(StrEnum):
    """How a queue is ordered: the soonest deadline first, or by the instant of receipt."""

    DUE = "due"
    NEWEST = "newest"
    OLDEST = "oldest"


class Column(StrEnum):
    """What a row of a queue tells."""

    REMAINING = "remaining"
    CODE = "code"
    APPLICANT = "applicant"
    PROCEDURE = "procedure"
    RECEIVED = "received"
    STATE = "state"
    STEP = "step"
    OFFICER = "officer"
    DUE = "due"


DESK_COLUMNS: Final = (
    Column.REMAINING,
    Column.CODE,
    Column.APPLICANT,
    Column.PROCEDURE,
    Column.RECEIVED,
    Column.STATE,
)
UNIT_COLUMNS: Final = (*DESK_COLUMNS[:5], Column.STEP)
HANDLING_COLUMNS: Final = (
    Column.REMAINING,
    Column.CODE,
    Column.APPLICANT,
    Column.PROCEDURE,
    Column.STEP,
    Column.OFFICER,
    Column.DUE,
)


@dataclass(frozen=True)
class Queue:
    """One queue: the right to it, what must hold for a dossier in it, its order and its columns.

    No states means every one; `is_open` leaves out what is settled where no states say so.
    """

    right: Right
    columns: tuple[Column, ...]
    states: tuple[State, ...] = ()
    due: Due | None = None
    hand: Hand | None = None
    waits: Waits | None = None
    is_open: bool = True
    sort: Sort = Sort.DUE


DESK: Final[Mapping[DeskList, Queue]] = MappingProxyType(
    {
        DeskList.TO_CHECK: Queue(Right.READ_DESK, DESK_COLUMNS, (State.SUBMITTED,)),
        DeskList.SUPPLEMENT: Queue(Right.READ_DESK, DESK_COLUMNS, (State.SUPPLEMENT_REQUESTED,)),
        DeskList.AT_THE_UNIT: Queue(Right.READ_DESK, UNIT_COLUMNS, WITH_THE_UNIT),
        DeskList.TO_HAND_OVER: Queue(Right.READ_DESK, DESK_COLUMNS, tuple(sorted(DECIDED))),
        DeskList.CLOSED: Queue(Right.READ_DESK, DESK_COLUMNS, tuple(sorted(ENDED)), is_open=False),
        DeskList.DUE_TODAY: Queue(Right.READ_DESK, DESK_COLUMNS, due=Due.TODAY),
        DeskList.DUE_SOON: Queue(Right.READ_DESK, DESK_COLUMNS, due=Due.SOON),
        DeskList.OVERDUE: Queue(Right.READ_DESK, DESK_COLUMNS, due=Due.OVERDUE),
    }
)
"""The queues of the one-stop desk, in the order they are offered. Source: TN Đ.12.1; R-INT-01"""

HANDLING: Final[Mapping[WorkFilter, Queue]] = MappingProxyType(
    {
        WorkFilter.TO_SIGN: Queue(Right.DECIDE_DOSSIER, HANDLING_COLUMNS, waits=Waits.LEADER, is_open=False),
        WorkFilter.NEW: Queue(Right.READ_HANDLING, HANDLING_COLUMNS, hand=Hand.NOBODYS),
        WorkFilter.MINE: Queue(Right.READ_HANDLING, HANDLING_COLUMNS, hand=Hand.CALLERS),
        WorkFilter.DUE_TODAY: Queue(Right.READ_HANDLING, HANDLING_COLUMNS, due=Due.TODAY),
        WorkFilter.DUE_SOON: Queue(Right.READ_HANDLING, HANDLING_COLUMNS, due=Due.SOON),
        WorkFilter.OVERDUE: Queue(Right.READ_HANDLING, HANDLING_COLUMNS, due=Due.OVERDUE),
        WorkFilter.WAITING: Queue(Right.READ_HANDLING, HANDLING_COLUMNS, waits=Waits.OTHERS),
        WorkFilter.SENT_BACK: Queue(
            Right.READ_HANDLING, HANDLING_COLUMNS, waits=Waits.CORRECTION, is_open=False
        ),
        WorkFilter.ABSENT: Queue(Right.READ_HANDLING, HANDLING_COLUMNS, hand=Hand.ABSENT),
        WorkFilter.ALL: Queue(Right.READ_HANDLING, HANDLING_COLUMNS, is_open=False),
    }
)
"""The queues of who handles and decides, in the order they are offered. Source: NB Đ.24.1; R-PRC-16"""


@dataclass(frozen=True)
class Narrowed:
    """What else must hold for the rows of a queue; nothing in a place narrows nothing.

    Days are those of receipt, local, the last one whole; the officer is who checked or handles a dossier.
    """

    states: tuple[str, ...] = ()
    procedure: str = ""
    channel: str = ""
    officer: str = ""
    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        """Tell whether anything is narrowed."""
        return any(getattr(self, one.name) for one in fields(self))


EVERYTHING: Final = Narrowed()
"""Narrows nothing."""
