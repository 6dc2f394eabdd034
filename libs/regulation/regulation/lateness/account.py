"""The account of an interval: what was carried over and received is finished, open, paused or withdrawn."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from regulation.errors import RegulationError


class Move(StrEnum):
    """What moves a dossier between the columns of an account."""

    RECEIVED = "received"
    PAUSED = "paused"
    RESUMED = "resumed"
    FINISHED = "finished"
    WITHDRAWN = "withdrawn"


class Entry(NamedTuple):
    """One move of a dossier at an instant."""

    at: dt.datetime
    move: Move


History = Sequence[Entry]

_AFTER: Mapping[Move | None, frozenset[Move]] = {
    None: frozenset({Move.RECEIVED}),
    Move.RECEIVED: frozenset({Move.PAUSED, Move.FINISHED, Move.WITHDRAWN}),
    Move.RESUMED: frozenset({Move.PAUSED, Move.FINISHED, Move.WITHDRAWN}),
    Move.PAUSED: frozenset({Move.RESUMED, Move.FINISHED, Move.WITHDRAWN}),
    Move.FINISHED: frozenset(),
    Move.WITHDRAWN: frozenset(),
}


def follows(before: Move | None, move: Move) -> bool:
    """Say whether a dossier may make a move after another, or as its first one. Source: R-STA-19."""
    return move in _AFTER[before]


class HistoryRefusedError(RegulationError):
    """A history is not in the order of time, or a move does not follow from the one before."""

    code = "history-refused"
    vi = "Diễn biến hồ sơ {dossier} không hợp lệ: {move} sau {before}."
    en = "The history of dossier {dossier} does not hold: {move} after {before}."


class Totals(NamedTuple):
    """The six numbers of an account."""

    carried_over: int
    received: int
    finished: int
    in_progress: int
    paused: int
    withdrawn: int

    @property
    def breach(self) -> int:
        """Give how many dossiers came in and are nowhere (above zero), or came from nowhere (below).

        Source: design §1.3; R-STA-20
        """
        come_in = self.carried_over + self.received
        return come_in - (self.finished + self.in_progress + self.paused + self.withdrawn)

    @property
    def holds(self) -> bool:
        """Say whether carried over + received = finished + in progress + paused + withdrawn."""
        return self.breach == 0


@dataclass(frozen=True)
class Account:
    """The dossiers in each column of an account over one interval, so that every number drills down."""

    carried_over: frozenset[str]
    received: frozenset[str]
    finished: frozenset[str]
    in_progress: frozenset[str]
    paused: frozenset[str]
    withdrawn: frozenset[str]

    @property
    def totals(self) -> Totals:
        """Count the columns."""
        return Totals(
            carried_over=len(self.carried_over),
            received=len(self.received),
            finished=len(self.finished),
            in_progress=len(self.in_progress),
            paused=len(self.paused),
            withdrawn=len(self.withdrawn),
        )


def account(histories: Mapping[str, History], start: dt.datetime, end: dt.datetime) -> Account:
    """Account for every dossier over the interval from `start` (included) to `end` (excluded).

    Raises: HistoryRefusedError; ValueError when the interval ends before it starts.
    Source: design §1.3; R-STA-19, R-STA-20
    """
    if end < start:
        raise ValueError("an interval ends after it starts")
    columns: dict[str, set[str]] = {name: set() for name in Account.__dataclass_fields__}
    for dossier, history in histories.items():
        _check(dossier, history)
        came = _came(history, start, end)
        if came is not None:
            columns[came].add(dossier)
            columns[_stands(history, end)].add(dossier)
    return Account(**{name: frozenset(found) for name, found in columns.items()})


def _check(dossier: str, history: History) -> None:
    before: Move | None = None
    for entry in history:
        if not follows(before, entry.move):
            raise HistoryRefusedError(dossier=dossier, move=entry.move, before=before or "–")
        before = entry.move
    for earlier, later in pairwise(history):
        if later.at < earlier.at:
            raise HistoryRefusedError(dossier=dossier, move=later.at, before=earlier.at)


def _last_before(history: History, moment: dt.datetime) -> Move | None:
    return next((entry.move for entry in reversed(history) if entry.at < moment), None)


def _came(history: History, start: dt.datetime, end: dt.datetime) -> str | None:
    """Say by which column a dossier enters the account: none when it closed before or came later."""
    before = _last_before(history, start)
    if before is None:
        return "received" if _last_before(history, end) is not None else None
    return None if before in {Move.FINISHED, Move.WITHDRAWN} else "carried_over"


def _stands(history: History, end: dt.datetime) -> str:
    last = _last_before(history, end)
    assert last is not None, "a dossier that came in has moved"
    columns = {Move.FINISHED: "finished", Move.WITHDRAWN: "withdrawn", Move.PAUSED: "paused"}
    return columns.get(last, "in_progress")
