"""Public figures over HTTP."""

from stats.api import dossiers, public

ROUTERS = (public.router, dossiers.router)
