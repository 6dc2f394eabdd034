"""The HTTP face of processing."""

from audit import audit_router

from processing.api import (
    absences,
    actions,
    bulks,
    consultations,
    dossiers,
    extensions,
    officers,
    revocations,
    supplements,
    work_lists,
)

ROUTERS = (
    work_lists.router,
    work_lists.files,
    dossiers.router,
    actions.router,
    consultations.router,
    extensions.router,
    supplements.router,
    revocations.router,
    absences.router,
    bulks.router,
    officers.router,
    audit_router("processing", apart=True),
)

# Routes that show nobody's data: asking them is not written down, for this reason.
SILENT: dict[str, str] = {
    "GET /api/processing/agencies/{agency}/dossiers/counts": "numbers only",
    "GET /api/processing/agencies/{agency}/dossiers/choices": "names of procedures and officers only",
    "GET /api/processing/agencies/{agency}/consulted-places": "names of agencies and units only",
}
