"""Tables people bring: CSV as spreadsheets write it, and XLSX with a look at merged cells."""

import asyncio
import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from identity.domain.importing import MOST_BYTES, MOST_ROWS, Line, TableUnreadableError, columns

UNPACKED: Final = 60_000_000
"""Bytes a file may unpack to: a table of twenty thousand rows takes a tenth of it."""
WIDEST: Final = 50


class SheetTables:
    """Reads a table aside, so that nobody else waits meanwhile."""

    async def read(self, content: bytes) -> list[Line]:
        """Give the lines under the heading. Raises: TableUnreadableError, ColumnsMissingError."""
        return await asyncio.to_thread(_read, content)


def _read(content: bytes) -> list[Line]:
    if not content or len(content) > MOST_BYTES:
        raise TableUnreadableError(field="file", rule="table")
    return _sheet(content) if content.startswith(b"PK") else _text(content)


def _text(content: bytes) -> list[Line]:
    try:
        text = content.decode("utf-8-sig")
        first = text.partition("\n")[0]
        mark = max(",;\t", key=first.count)
        return _lines(csv.reader(io.StringIO(text), delimiter=mark, strict=True), {})
    except (UnicodeDecodeError, csv.Error) as fault:
        raise TableUnreadableError(field="file", rule="table") from fault


def _sheet(content: bytes) -> list[Line]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED:
                raise TableUnreadableError(field="file", rule="table")
        book = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        if sheet.max_row > MOST_ROWS + 1 or sheet.max_column > WIDEST:
            raise TableUnreadableError(field="file", rule="table")
        merged: dict[int, set[int]] = {}
        for area in sheet.merged_cells.ranges:
            for row in range(area.min_row, area.max_row + 1):
                merged.setdefault(row, set()).update(range(area.min_col - 1, area.max_col))
        return _lines(sheet.iter_rows(values_only=True), merged)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError) as fault:
        raise TableUnreadableError(field="file", rule="table") from fault


def _lines(rows: Iterable[Sequence[object]], merged: dict[int, set[int]]) -> list[Line]:
    found: list[Line] = []
    numbered = enumerate(rows, 1)
    places = columns([_cell(one) for one in next(numbered, (1, ()))[1]])
    for number, row in _filled(numbered):
        if len(found) == MOST_ROWS:
            raise TableUnreadableError(field="file", rule="table")
        cells = {places[place]: _cell(one) for place, one in enumerate(row) if place in places}
        joined = tuple(name for place, name in places.items() if place in merged.get(number, ()))
        found.append(Line(number, cells, joined))
    return found


def _filled(rows: Iterator[tuple[int, Sequence[object]]]) -> Iterator[tuple[int, Sequence[object]]]:
    return ((number, row) for number, row in rows if any(_cell(one).strip() for one in row))


def _cell(value: object) -> str:
    """Give what a cell says; a number typed without a format is written without a point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
