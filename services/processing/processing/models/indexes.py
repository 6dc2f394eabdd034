"""By what dossiers in hand are found quickly; a query that is to use a partial index says the same condition."""

from typing import Final

from sqlalchemy import Index, text

from processing.domain.outcomes import LEADERS_KINDS

_OPEN: Final = text("closed_at is null")
_PINNED: Final = ("procedure_code", "procedure_version")
_SOONEST: Final = ("due_at", "accepted_at", "code")
_NEW: Final = text("closed_at is null and officer_id is null")
_SENT_BACK: Final = text("sent_back_at is not null")
_LEADERS: Final = tuple(map(str, sorted(LEADERS_KINDS)))
TO_SIGN: Final = text(f"(closed_at is null and (step_kind in {_LEADERS} or extending) or revoking)")
"""What waits for a leader, in the words of the index that was made for it."""

DOSSIER_INDEXES: Final = (
    Index("ix_dossier_worklist", "agency", *_SOONEST),
    Index("ix_dossier_open", "agency", *_SOONEST, "soon_at", postgresql_where=_OPEN),
    Index("ix_dossier_new", "agency", *_SOONEST, postgresql_where=_NEW),
    Index("ix_dossier_officer", "officer_id", *_SOONEST, postgresql_where=_OPEN),
    Index("ix_dossier_sent_back", "agency", *_SOONEST, postgresql_where=_SENT_BACK),
    Index("ix_dossier_to_sign", "agency", *_SOONEST, postgresql_where=TO_SIGN),
    Index("ix_dossier_procedure", "agency", *_PINNED, *_SOONEST),
    Index("ix_dossier_procedure_open", "agency", *_PINNED, *_SOONEST, postgresql_where=_OPEN),
    Index("ix_dossier_clear", "code", postgresql_where=text("content is not null")),
    Index("ix_dossier_number", "agency", "number", "code"),
    Index("ix_dossier_serial", "agency", "serial", "number", "code"),
)
