"""Lays out the two charts of the statistics page; every number also stands in the table beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

BAR_HEIGHT = 22
LABEL_HEIGHT = 26
GAP = 14
CHART_WIDTH = 440  # a phone shows it whole and still readable
COLUMN_HEIGHT = 240
BASE = 280
CHARACTERS = 36


@dataclass(frozen=True)
class Bar:
    """One bar: where it lies, in drawing units, and the number written at it."""

    x: float
    y: float
    width: float
    height: float
    text: str
    series: int = 0


@dataclass(frozen=True)
class Label:
    """A word at a bar or group of bars."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Chart:
    """A drawing of bars and labels."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]


def shares(rows: Sequence[tuple[str, float | None, str]]) -> Chart:
    """Draw one horizontal bar per row for a share of 0 to 100; a row without share has no bar, only its words."""
    room = CHART_WIDTH - 80
    bars, labels = [], []
    for place, (name, share, text) in enumerate(rows):
        y = place * (LABEL_HEIGHT + BAR_HEIGHT + GAP)
        labels.append(Label(0, y + 18, shortened(name)))
        bars.append(Bar(0, y + LABEL_HEIGHT, round(room * (share or 0) / 100, 1), BAR_HEIGHT, text))
    return Chart(CHART_WIDTH, len(rows) * (LABEL_HEIGHT + BAR_HEIGHT + GAP), tuple(bars), tuple(labels))


def columns(groups: Sequence[tuple[str, Sequence[int]]]) -> Chart:
    """Draw a group of columns per period on a common zero line."""
    most = max((value for _, values in groups for value in values), default=0) or 1
    room = CHART_WIDTH / max(len(groups), 1)
    bars, labels = [], []
    for place, (name, values) in enumerate(groups):
        thick = min(46.0, (room - 16) / max(len(values), 1))
        left = place * room + (room - thick * len(values)) / 2
        for series, value in enumerate(values):
            high = round(COLUMN_HEIGHT * value / most, 1)
            x = round(left + series * thick, 1)
            bars.append(Bar(x, BASE - high, round(thick - 4, 1), high, str(value), series))
        labels.append(Label(round(place * room + room / 2, 1), BASE + 24, name))
    return Chart(CHART_WIDTH, BASE + 36, tuple(bars), tuple(labels))


def shortened(name: str) -> str:
    """Cut a name that would run out of its column; the table has it whole."""
    return name if len(name) <= CHARACTERS else name[: CHARACTERS - 1].rstrip() + "…"
