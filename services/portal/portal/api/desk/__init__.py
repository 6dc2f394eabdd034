"""The one-stop desk: queue, check, outcomes."""

from portal.api.desk import (
    arrivals,
    comparing,
    contact,
    counter,
    dossier,
    late,
    outcomes,
    overdue,
    queue,
    reached,
    saved_views,
    settling,
    urging,
    vault,
    walk_in,
    walk_in_form,
)
from portal.api.dossier_view import file_routes
from portal.domain.dossier_pages import DESK

ROUTERS = (
    queue.router,
    saved_views.router,
    dossier.router,
    contact.router,
    outcomes.router,
    settling.router,
    comparing.router,
    counter.router,
    reached.router,
    urging.router,
    arrivals.router,
    overdue.router,
    late.router,
    vault.router,
    walk_in.router,
    walk_in_form.router,
    file_routes(DESK),
)
