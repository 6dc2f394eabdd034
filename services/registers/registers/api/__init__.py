"""Everything over HTTP."""

from audit import audit_router

from registers.api import books, entries, notices, reports, status
from registers.queries import entries_naming

ROUTERS = (
    books.router,
    entries.router,
    notices.router,
    reports.router,
    status.router,
    audit_router("registers", entries_naming),
)

# Routes that show nobody's data: asking them is not written down, for this reason.
SILENT: dict[str, str] = {
    "GET /api/registers/notices": "published",
    "GET /api/registers/status": "published",
}
