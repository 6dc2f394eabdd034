"""What happens where something is missing in a dossier that is handled; the dossier is the aggregate."""

from datetime import datetime
from typing import ClassVar

from pydantic import BaseModel

from processing.events.dossiers import DossierEvent


class AskedItem(BaseModel, frozen=True):
    """A component that is missing or wrong, and what to do about it."""

    component: str
    note: str


class FreeItem(BaseModel, frozen=True):
    """Something outside the published list, with the article that allows asking for it."""

    text: str
    legal_basis: str


class SupplementDrafted(DossierEvent):
    """An officer finds something missing and drafted the request; the desk sends it. `tell` names who can."""

    type: ClassVar[str] = "processing.supplement_drafted.v1"

    number: int
    drafted_at: datetime
    reason: str
    guidance: str
    items: list[AskedItem]
    free_items: list[FreeItem]
    tell: list[str]
