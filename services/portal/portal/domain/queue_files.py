"""A work list as a file: processing tells the dossiers, intake whose they are."""

import csv
import io
from collections.abc import Mapping, Sequence

from common.spreadsheets import BOM, SEPARATORS, table
from regulation.text import Lang


def _rows(text: str, lang: Lang) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix(BOM)), delimiter=SEPARATORS[lang]))


def codes_of(text: str, lang: Lang) -> list[str]:
    """Give the codes that stand first in the lines of a file."""
    return [row[0] for row in _rows(text, lang)[1:]]


def with_names(text: str, names: Mapping[str, str], heading: str, lang: Lang) -> str:
    """Put whose each dossier is behind its code; cells stay as they were written."""
    head, *rows = _rows(text, lang)
    told: list[Sequence[str]] = [[head[0], heading, *head[1:]]]
    told += [[row[0], names.get(row[0], ""), *row[1:]] for row in rows]
    return BOM + table(told, lang)
