"""Catalog: its answers about agencies."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from collections.abc import Mapping
from datetime import date

from answers.answer import Answer
from answers.catalog.parts import DeskContact


class AddressUnitOut(Answer):
    """A province or a commune."""

    code: str
    name: str


class AddressUnitList(Answer):
    """The provinces, or the communes of one of them."""

    items: tuple[AddressUnitOut, ...]


class UnitOut(Answer):
    """A unit inside an agency."""

    id: str
    name: str
    name_en: str


class AgencyOut(Answer):
    """An agency of the directory."""

    address: str
    code: str
    desk: DeskContact | None
    email: str
    kind: str
    level: str
    level_name: str
    name: str
    name_en: str
    parent: str | None
    phone: str
    units: tuple[UnitOut, ...] = ()
    valid_from: date
    valid_to: date | None
    version: int


class AgencyList(Answer):
    """Agencies grouped by rank of level, with how many there are at each level."""

    counts: Mapping[str, int]
    items: tuple[AgencyOut, ...]
    total: int


class FieldOut(Answer):
    """A field with the number of its procedures."""

    code: str
    name: str
    name_en: str
    procedures: int
    sector: str | None


class FieldList(Answer):
    """All fields."""

    items: tuple[FieldOut, ...]
    total: int
