"""What a decision keeps, as identity last told it."""

from regulation.holds import Held
from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import InstrumentedAttribute

from intake.models import Hold

Key = InstrumentedAttribute[str] | InstrumentedAttribute[str | None] | str


def is_held(*owners: Key, dossier: Key | None = None) -> ColumnElement[bool]:
    """Return the condition that one of some people, or a dossier, is kept by decision.

    Source: Luật 33/2024; R-SEC-20
    """
    people = [and_(Hold.kind == Held.ACCOUNT.value, Hold.subject == one) for one in owners]
    codes = [] if dossier is None else [and_(Hold.kind == Held.DOSSIER.value, Hold.subject == dossier)]
    return exists().where(Hold.keeps, or_(*people, *codes))
