"""The facts the catalogue announces: agencies, published versions, repeals, change requests that are late."""

from datetime import date, datetime
from typing import ClassVar

from common.events import Event
from procedures import DeskContact, Procedure


class AgencyChanged(Event):
    """An agency was entered in the directory or changed."""

    type: ClassVar[str] = "catalog.agency_changed.v1"

    code: str
    name: str
    name_en: str
    level: str
    kind: str
    parent: str | None
    desk: DeskContact | None
    units: list[str]
    valid_from: date
    valid_to: date | None


class ProcedurePublished(Event, Procedure):
    """A version of a procedure came into force; it carries everything the version says."""

    type: ClassVar[str] = "catalog.procedure_published.v1"


class ProcedureClosed(Event):
    """A procedure was repealed; it takes no new dossier from this day on."""

    type: ClassVar[str] = "catalog.procedure_closed.v1"

    code: str
    closed_from: date


class RequestOverdue(Event):
    """A change request was not sent (`waits_for` is `request`) or not carried out (`update`) in its time."""

    type: ClassVar[str] = "catalog.request_overdue.v1"

    kind: str
    waits_for: str
    requester: str
    document_number: str
    procedures: list[str]
    due_at: datetime


ALL: tuple[type[Event], ...] = (AgencyChanged, ProcedurePublished, ProcedureClosed, RequestOverdue)
