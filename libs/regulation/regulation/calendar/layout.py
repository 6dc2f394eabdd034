"""The whole calendar as one gapless row of named stretches: work, time outside hours, rest, days off."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple


class StretchKind(StrEnum):
    """What a stretch of time is in the calendar."""

    WORK = "work"
    OUTSIDE_HOURS = "outside_hours"
    WEEKLY_REST = "weekly_rest"
    OFF = "off"


class Stretch(NamedTuple):
    """A stretch of local ticks, end excluded, with its instants in UTC and the holiday's names."""

    begins: int
    ends: int
    start: datetime
    end: datetime
    kind: StretchKind
    vi: str = ""
    en: str = ""


class Piece(NamedTuple):
    """A stretch before its instants are known."""

    begins: int
    ends: int
    kind: StretchKind
    vi: str = ""
    en: str = ""


class Layout:
    """Stretches in order of time; neighbours that say the same are one, except working time."""

    __slots__ = ("_begins", "_origin", "_stretches")

    def __init__(self, pieces: Iterable[Piece], origin: datetime) -> None:
        """Join the pieces; `origin` is tick 0 in UTC."""
        self._origin = origin
        self._stretches = [self._placed(piece) for piece in _joined(pieces)]
        self._begins = [stretch.begins for stretch in self._stretches]

    def between(self, begins: int, ends: int) -> list[Stretch]:
        """Return the stretches from one tick to a later one, the first and the last cut to size."""
        first, last = bisect_right(self._begins, begins) - 1, bisect_left(self._begins, ends)
        rows = self._stretches[first:last]
        rows[0] = self.cut(rows[0], begins, rows[0].ends)
        rows[-1] = self.cut(rows[-1], rows[-1].begins, min(ends, rows[-1].ends))
        return rows

    def cut(self, stretch: Stretch, begins: int, ends: int) -> Stretch:
        """Return the part of a stretch between two ticks."""
        if (begins, ends) == (stretch.begins, stretch.ends):
            return stretch
        return self._placed(Piece(begins, ends, stretch.kind, stretch.vi, stretch.en))

    def _placed(self, piece: Piece) -> Stretch:
        """Put instants to a piece."""
        start = self._origin + timedelta(microseconds=piece.begins)
        end = self._origin + timedelta(microseconds=piece.ends)
        return Stretch(piece.begins, piece.ends, start, end, piece.kind, piece.vi, piece.en)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Join neighbours that say the same, and drop empty ones; every working stretch stays its own."""
    filled = (piece for piece in pieces if piece.begins < piece.ends)
    for (kind, vi, en), same in groupby(filled, key=lambda piece: piece[2:]):
        run = list(same)
        if kind is StretchKind.WORK:
            yield from run
        else:
            yield Piece(run[0].begins, run[-1].ends, kind, vi, en)
