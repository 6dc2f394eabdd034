"""The one-stop desk: queue, check, outcomes."""

from portal.api.desk import approval, contact, dossier, outcomes, queue
from portal.api.dossier_view import file_routes
from portal.domain.addresses import DESK

ROUTERS = (
    queue.router,
    dossier.router,
    approval.router,
    contact.router,
    outcomes.router,
    file_routes(DESK),
)
