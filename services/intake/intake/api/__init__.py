"""HTTP routes of intake, one file per resource."""

from audit import audit_router
from fastapi import APIRouter

from intake.api import (
    accepted_copies,
    attachments,
    changes,
    counter,
    desk,
    desk_wish,
    dossiers,
    drafts,
    earlier,
    joinings,
    late,
    looks,
    lookups,
    outcomes,
    papers,
    pickup,
    requests,
    saved_views,
    settling,
    submissions,
    tracking,
    vault,
    vault_offers,
)
from intake.queries.persons import dossiers_naming

# Routes are tried in order: the measured hot paths come first.
ROUTERS: tuple[APIRouter, ...] = (
    submissions.router,
    tracking.router,
    lookups.router,
    late.router,
    desk.router,
    desk_wish.router,
    dossiers.router,
    saved_views.router,
    drafts.router,
    counter.router,
    accepted_copies.router,
    joinings.router,
    attachments.router,
    requests.router,
    outcomes.router,
    settling.router,
    pickup.router,
    papers.router,
    looks.router,
    changes.router,
    earlier.router,
    vault.router,
    vault_offers.router,
    vault_offers.counter,
    audit_router("intake", dossiers_naming),
)

# Routes that show nobody's data: asking them is not written down, for this reason.
SILENT: dict[str, str] = {
    "GET /api/intake/desk/counts": "numbers only",
    "GET /api/intake/desk/choices": "names of procedures and officers only",
    "GET /api/intake/tracking/{code}": "the state of a dossier, as everybody may ask it",
    "POST /api/intake/lookups": "the state of a dossier, as everybody may ask it who knows its applicant",
    "GET /api/intake/verifications/{code}": "what a paper says of itself, as everybody may ask it",
}
