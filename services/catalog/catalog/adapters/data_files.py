"""Reading of the data that comes with the suite: national catalogue, word lists, demonstration pack."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from catalog.domain.national import NationalRow

DATA = Path(__file__).parent.parent / "data"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def national_rows(path: Path = DATA / "tthc-national-2642.csv") -> Iterator[NationalRow]:
    """Give the rows of a national table in CSV; the head is row 1. Raises: OSError, UnicodeDecodeError."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for number, values in enumerate(csv.DictReader(lines), start=2):
            yield NationalRow(number, values)


def national_details(path: Path = DATA / "procedures.json") -> list[dict[str, Any]]:
    """Return the detailed records."""
    read: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return read


def read_yaml(path: Path, retell: Callable[[str], str] = str) -> Any:
    """Return what a YAML file says once `retell` has put its text into other words."""
    text = retell(path.read_text(encoding="utf-8"))
    return yaml.load(text, Loader=LOADER)  # noqa: S506 - the C twin of the safe loader
