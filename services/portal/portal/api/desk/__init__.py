"""The one-stop desk: queue, check, outcomes."""

from portal.api.desk import approval, contact, dossier, outcomes, queue
from portal.api.dossier_view import file_routes

ROUTERS = (
    queue.router,
    dossier.router,
    approval.router,
    contact.router,
    outcomes.router,
    file_routes("/can-bo/tiep-nhan"),
)
