"""How a draft of a supplement request looks to officers over HTTP."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel

from processing.api.officers import OfficerOut, person
from processing.models import Supplement


class MissingOut(BaseModel):
    """A component that is missing or wrong, and what to do about it."""

    component: str
    note: str


class FreeItemOut(BaseModel):
    """Something outside the published list, with the article that allows asking for it."""

    text: str
    legal_basis: str


class SupplementOut(BaseModel):
    """What was found missing; while `requested_at` is empty the desk has not asked yet."""

    number: int
    reason: str
    guidance: str
    items: list[MissingOut]
    free_items: list[FreeItemOut]
    drafted_by: OfficerOut | None
    drafted_at: datetime
    requested_at: datetime | None
    supplied_at: datetime | None


def supplement_out(drafted: Supplement, names: Mapping[str, str]) -> SupplementOut:
    """Describe one draft and what became of it."""
    return SupplementOut(
        number=drafted.number,
        reason=drafted.reason,
        guidance=drafted.guidance,
        items=[MissingOut(**item) for item in drafted.items],
        free_items=[FreeItemOut(**item) for item in drafted.free_items],
        drafted_by=person(drafted.drafted_by, names),
        drafted_at=drafted.drafted_at,
        requested_at=drafted.requested_at,
        supplied_at=drafted.supplied_at,
    )
