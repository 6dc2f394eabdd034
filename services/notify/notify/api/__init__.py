"""The HTTP face of notify."""

from audit import audit_router

from notify.api import arrivals, messages, reached, templates, urging
from notify.queries import notices_to

ROUTERS = (
    messages.router,
    templates.router,
    reached.router,
    urging.router,
    arrivals.router,
    audit_router("notify", notices_to),
)

# Routes that show nobody's data: asking them is not written down, for this reason.
SILENT: dict[str, str] = {
    "GET /api/notify/messages/unread-count": "one's own number, asked with every page",
}
