"""How rows become the facts that are announced."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from catalog.domain.service_levels import SchemeRules
from catalog.events import AgencyChanged, ProcedureClosed, ProcedurePublished
from catalog.models.agencies import Agency
from catalog.models.procedures import Procedure, ProcedureVersion


def agency_changed(agency: Agency, units: Iterable[str], now: datetime) -> AgencyChanged:
    """Return the fact that tells the others what the directory says of an agency."""
    return AgencyChanged.model_validate(
        {
            "aggregate_id": agency.code,
            "aggregate_version": agency.version,
            "agency": None,
            "occurred_at": now,
            "code": agency.code,
            "name": agency.name,
            "name_en": agency.name_en,
            "level": agency.level,
            "kind": agency.kind,
            "parent": agency.parent,
            "desk": agency.desk,
            "units": sorted(units),
            "valid_from": agency.valid_from,
            "valid_to": agency.valid_to,
        }
    )


def procedure_published(
    procedure: Procedure,
    version: ProcedureVersion,
    field_name: str,
    agencies: Mapping[str, Agency],
    *,
    rules: SchemeRules,
    now: datetime,
) -> ProcedurePublished:
    """Return the fact that carries a whole version, with the desk contact of every offering agency."""
    content = version.content
    results = content["results"]
    return ProcedurePublished.model_validate(
        {
            **content,
            "aggregate_id": procedure.code,
            "aggregate_version": version.number,
            "agency": None,
            "occurred_at": now,
            "code": procedure.code,
            "version": version.number,
            "field_name": field_name,
            "effective_from": version.effective_from,
            "effective_to": version.effective_to,
            "eform": {"definition": content["eform"]} if content["eform"] else None,
            "forms": content["forms"] or [],
            "offers": [_offer(offer, agencies, rules) for offer in content["offers"]],
            "result": results[0] if results else None,
        }
    )


def procedure_closed(procedure: Procedure, number: int, now: datetime) -> ProcedureClosed:
    """Return the fact that a procedure takes no new dossier any more."""
    return ProcedureClosed.model_validate(
        {
            "aggregate_id": procedure.code,
            "aggregate_version": number,
            "agency": None,
            "occurred_at": now,
            "code": procedure.code,
            "closed_from": procedure.closed_from,
        }
    )


def _offer(offer: Mapping[str, Any], agencies: Mapping[str, Agency], rules: SchemeRules) -> dict[str, Any]:
    agency = agencies.get(offer["agency"])
    return {
        **offer,
        "desk": agency.desk if agency else None,
        "actions": [action.value for action in rules.actions(offer["service_level"])],
    }
