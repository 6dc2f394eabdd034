"""The specialist unit and the leader: list, proposal, signature."""

from portal.api.dossier_view import file_routes
from portal.api.handling import (
    bulk,
    consultation,
    dossier,
    extension,
    hands,
    leader,
    proposal,
    revocation,
    supplement,
    work,
)
from portal.domain.dossier_pages import HANDLING

ROUTERS = (
    work.router,
    bulk.router,
    dossier.router,
    proposal.router,
    revocation.router,
    consultation.router,
    extension.router,
    supplement.router,
    hands.router,
    leader.router,
    file_routes(HANDLING),
)
