"""Catalog: its answers about search."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from collections.abc import Mapping

from answers.answer import Answer


class NoteOut(Answer):
    """Why a list is empty; `message` in the caller's language."""

    code: str
    en: str
    message: str
    vi: str


class ProcedureItem(Answer):
    """A procedure in a list: what it is, where it is filed, what it costs and how long it takes."""

    agencies: tuple[str, ...]
    code: str
    fee: str
    fee_en: str
    field: str
    field_name: str
    filing: str
    level: str | None
    levels: tuple[str, ...]
    ministry: str | None
    name: str
    name_en: str
    online: bool
    route: str
    service_level: str | None
    state: str
    time: str
    time_en: str


class Suggestion(Answer):
    """Something to try instead: a query, or a procedure that comes near."""

    code: str | None = None
    text: str


class ProcedureList(Answer):
    """What a search found."""

    items: tuple[ProcedureItem, ...]
    note: NoteOut | None = None
    suggestions: tuple[Suggestion, ...] = ()
    total: int


class ServiceItem(Answer):
    """An online service of an agency."""

    actions: tuple[str, ...]
    agency: str
    agency_name: str
    field: str
    name: str
    partial_reason: str | None
    procedure: str
    service_level: str


class ServiceList(Answer):
    """Online services with how many there are at each level of the province's scheme."""

    counts: Mapping[str, int]
    items: tuple[ServiceItem, ...]
    scheme: str
    total: int
