"""The specialist unit and the leader: list, proposal, signature."""

from portal.api.dossier_view import file_routes
from portal.api.handling import dossier, work

ROUTERS = (work.router, dossier.router, file_routes("/can-bo/giai-quyet"))
