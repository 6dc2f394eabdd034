"""The words by which dossiers are looked for, each under its desk and period."""

from typing import Final

from sqlalchemy import Index, Text, func
from sqlalchemy.dialects.postgresql import ARRAY

from intake.models.dossier import Dossier

PERIOD: Final = 30 * 86_400
"""Seconds of a period: a search reads only its own part of the index, however many dossiers there are."""

TOKENS: Final = func.search_tokens(
    Dossier.receiving_point,
    Dossier.submitted_at,
    Dossier.search_key,
    Dossier.code,
    Dossier.state,
    type_=ARRAY(Text),
)
"""The words of a dossier and its state, each once under its desk and period and once under its period alone."""

Index("ix_dossier_search", TOKENS, postgresql_using="gin", postgresql_with={"fastupdate": "off"})
