"""Rows of the catalogue."""

from catalog.models.agencies import Agency, AgencyLevel, AgencyUnit, Field
from catalog.models.announcements import agency_changed, procedure_closed
from catalog.models.base import Base
from catalog.models.changes import (
    ChangeClock,
    ChangeRequest,
    DecisionItem,
    PublicationDecision,
    request_overdue,
)
from catalog.models.checks import VersionCheck
from catalog.models.in_force import bring_into_force, repeal, successor, version_published
from catalog.models.procedures import CONTENT, Procedure, ProcedureVersion, stored
from catalog.models.services import CatalogueRevision, EditEntry, Form, OnlineService, catalogue_changed

__all__ = [
    "CONTENT",
    "Agency",
    "AgencyLevel",
    "AgencyUnit",
    "Base",
    "CatalogueRevision",
    "ChangeClock",
    "ChangeRequest",
    "DecisionItem",
    "EditEntry",
    "Field",
    "Form",
    "OnlineService",
    "Procedure",
    "ProcedureVersion",
    "PublicationDecision",
    "VersionCheck",
    "agency_changed",
    "bring_into_force",
    "catalogue_changed",
    "procedure_closed",
    "repeal",
    "request_overdue",
    "stored",
    "successor",
    "version_published",
]
