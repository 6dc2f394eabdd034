"""The HTTP face of processing."""

from processing.api import actions, dossiers, officers, revocations

ROUTERS = (dossiers.router, actions.router, revocations.router, officers.router)
