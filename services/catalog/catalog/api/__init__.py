"""The HTTP face of the catalogue: public reads, and the editor's routes."""

from audit import audit_router

from catalog.api import agencies, changes, decisions, drafts, editing, forms, lists, procedures

ROUTERS = (
    lists.router,
    agencies.router,
    forms.router,
    editing.router,
    drafts.router,
    decisions.router,
    changes.router,
    procedures.router,
    audit_router("catalog"),
)

# Routes that show nobody's data: asking them is not written down, for this reason.
SILENT: dict[str, str] = {}
