"""Tables for spreadsheet programs: a double click opens them in columns, and nothing in them is taken for another."""

import csv
import io
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from regulation.text import Lang

Cell = str | float | date | datetime | None
BOM: Final = "\ufeff"
"""Begins the file: programs take one without it for another encoding."""
SEPARATORS: Final[dict[Lang, str]] = {"vi": ";", "en": ","}
"""What parts the columns: where the decimal sign is a comma, programs expect another sign between the cells."""
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
COUNTED: Final = re.compile(r"0|[1-9]\d{0,14}")
MISREAD: Final = re.compile(r"[\d\s.,/:%eE+-]*\d[\d\s.,/:%eE+-]*")


def table(rows: Iterable[Iterable[Cell]], lang: Lang) -> str:
    """Write rows for readers of one language; the first ones of a file stand behind `BOM`.

    Days and hours are written as 2026-11-26 15:40 wherever the reader is (instants local already), numbers with the
    reader's decimal sign. A text that would be read as a formula, a number or a day is kept a text by an apostrophe.
    """
    out = io.StringIO()
    csv.writer(out, delimiter=SEPARATORS[lang]).writerows([_cell(cell, lang) for cell in row] for row in rows)
    return out.getvalue()


def _cell(cell: Cell, lang: Lang) -> str:
    if isinstance(cell, str):
        misread = cell.startswith(FORMULA) or (MISREAD.fullmatch(cell) and not COUNTED.fullmatch(cell))
        return f"'{cell}" if misread else cell
    if isinstance(cell, float):
        return f"{cell}".replace(".", "," if lang == "vi" else ".")
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return "" if cell is None else str(cell)
