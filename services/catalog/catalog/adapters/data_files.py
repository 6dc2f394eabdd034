"""Reading of the data that comes with the suite: national catalogue, word lists, units, demonstration pack."""

import csv
import json
from collections.abc import Callable, Iterator
from functools import cache
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


@cache
def address_units() -> list[dict[str, Any]]:
    """Return the provinces with their communes after the reform of 2025: `{code, name, communes: [{code, name}]}`."""
    read = json.loads((DATA / "vn-units-2tier-2026-07.json").read_text(encoding="utf-8"))
    return [
        {
            "code": province["Code"],
            "name": province["FullName"],
            "communes": [{"code": ward["Code"], "name": ward["FullName"]} for ward in province["Wards"]],
        }
        for province in read
    ]
