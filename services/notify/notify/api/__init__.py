"""The HTTP face of notify."""

from audit import audit_router

from notify.api import messages, templates

ROUTERS = (messages.router, templates.router, audit_router("notify"))

# Routes that show nobody's data: asking them is not written down, for this reason.
SILENT: dict[str, str] = {
    "GET /api/notify/messages/unread-count": "one's own number, asked with every page",
}
