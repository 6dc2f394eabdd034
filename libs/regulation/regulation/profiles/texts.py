"""The legal texts behind a profile: their number, their dates, and the text that replaced them."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

SUITE_DEFAULT = "suite default"
NATIONAL = "national †"


@dataclass(frozen=True)
class LegalText:
    """One legal text (văn bản): its tag in citations, its number and name, and its successor.

    Source: R-ORG-06
    """

    tag: str
    number: str
    name: str
    issued_on: dt.date | None = None
    effective_from: dt.date | None = None
    replaced_by: str | None = None
    replaced_on: dt.date | None = None

    def replaced(self, on: dt.date) -> bool:
        """Say whether another text has taken its place on that local date."""
        return self.replaced_on is not None and self.replaced_on <= on


@dataclass(frozen=True)
class Citation:
    """A place in a legal text: `TN Đ.11.3.a`, or a whole text: `TCVN 14423:2026`."""

    text: LegalText
    place: str


@cache
def register() -> Mapping[str, LegalText]:
    """Read the register of legal texts, by tag."""
    written = files("regulation").joinpath("data/profiles/_texts.yaml").read_text(encoding="utf-8")
    return MappingProxyType(
        {tag: LegalText(tag=tag, **entry) for tag, entry in yaml.safe_load(written).items()}
    )


def citations(source: str) -> tuple[Citation, ...]:
    """Read the citations of one `source`, in order; `suite default` has none.

    Raises: ValueError when a part names no registered text.
    """
    found = []
    for part in (piece.strip() for piece in source.split(";")):
        cited = part.removeprefix(NATIONAL).strip()
        if part in {SUITE_DEFAULT, NATIONAL}:
            continue
        found.append(_citation(cited))
    return tuple(found)


def _citation(cited: str) -> Citation:
    for tag, text in register().items():
        if cited == tag or cited.startswith(f"{tag} "):
            place = cited.removeprefix(tag).strip()
            if place and re.fullmatch(r"(Đ|QĐ|PL)\.[A-Z0-9][A-Za-zđ0-9.]*", place) is None:
                break
            return Citation(text, place)
    raise ValueError(f"{cited!r} cites no text of the register")
