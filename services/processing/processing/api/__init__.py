"""The HTTP face of processing."""

from processing.api import actions, dossiers, officers

ROUTERS = (dossiers.router, actions.router, officers.router)
