"""Catalog: its answers about procedures."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from answers.answer import Answer


class HistoryLine(Answer):
    """One edit: who, when, what, on which decision, before and after."""

    action: str
    agency: str | None
    at: datetime
    author: str
    decision: str | None
    entity: str
    entity_id: str
    new: Mapping[str, Any] | None
    old: Mapping[str, Any] | None
