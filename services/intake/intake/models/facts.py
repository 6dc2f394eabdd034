"""What every fact about a dossier says, and what its values are sealed for."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

TOLD = (
    "code",
    "version",
    "updated_at",
    "owner_id",
    "submitter_id",
    "procedure_code",
    "procedure_version",
    "field",
    "channel",
    "place_of_help",
    "receiving_point",
    "competent_agency",
    "state",
)


def facts_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what every fact about a dossier says, from the values of its row by name."""
    told = {name: row.get(name) for name in TOLD}
    version, at = told.pop("version"), told.pop("updated_at")
    envelope = {"aggregate_version": version, "occurred_at": at, "agency": told["receiving_point"]}
    return told | envelope | {"aggregate_id": told["code"]}


def dossier_seal(submitter_id: str, submitted_at: datetime) -> str:
    """Return what the values of a dossier are sealed for: who handed it in, and when, which never change."""
    return f"dossier.{submitter_id}.{submitted_at.astimezone(UTC).isoformat()}"
