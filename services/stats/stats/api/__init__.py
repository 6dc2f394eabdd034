"""Public figures over HTTP."""

from audit import audit_router

from stats.api import dossiers, public

ROUTERS = (public.router, dossiers.router, audit_router("stats"))

# Routes that show nobody's data: asking them is not written down, for this reason.
SILENT: dict[str, str] = {
    "GET /api/stats/public": "published",
    "GET /api/stats/public.csv": "published",
    "GET /api/stats/identity": "numbers only",
}
