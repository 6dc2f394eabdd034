"""The one-stop desk: queue, check, outcomes."""

from portal.api.desk import contact, counter, dossier, outcomes, queue
from portal.api.dossier_view import file_routes
from portal.domain.addresses import DESK

ROUTERS = (
    queue.router,
    dossier.router,
    contact.router,
    outcomes.router,
    counter.router,
    file_routes(DESK),
)
