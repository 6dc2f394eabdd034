"""Who looked at what and who changed what: written with the deed, chained, signed, and searched by inspectors."""

from audit.lines import Deed, carried, note, was_carried
from audit.sealing import AuditSettings, audit_jobs
from audit.serving import audit_router
from audit.tables import audit_tables, create_audit
from audit.working import did, did_for
from audit.writing import keep_refusal, trying, writing_down

__all__ = [
    "AuditSettings",
    "Deed",
    "audit_jobs",
    "audit_router",
    "audit_tables",
    "carried",
    "create_audit",
    "did",
    "did_for",
    "keep_refusal",
    "note",
    "trying",
    "was_carried",
    "writing_down",
]
