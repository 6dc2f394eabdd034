"""By what dossiers are found quickly; a query that is to use a partial index says the same condition."""

from typing import Final

from sqlalchemy import Index, text

_CLEAR: Final = text(
    "applicant <> '{}' or email is not null or phone is not null or answers <> '{}' or result_address is not null"
    " or submitter <> '{}'"
)
LATE_FORM: Final = "ix_dossier_late_form"
LATE_WAITS: Final = text("late_entry and late_confirmed_by is null")
EVERYWHERE: Final = text("next_due_at < 'infinity'::timestamptz")

DOSSIER_INDEXES: Final = (
    Index("ix_dossier_desk", "receiving_point", "state", "next_due_at", "code"),
    Index("ix_dossier_receipt", "receiving_point", "state", "submitted_at", "code"),
    Index("ix_dossier_procedure", "receiving_point", "state", "procedure_code", "next_due_at", "code"),
    # only a query that says the same may use this one; the others must not be tempted away from their index
    Index("ix_dossier_province", "state", "next_due_at", "code", postgresql_where=EVERYWHERE),
    Index("ix_dossier_draft", "draft_id", unique=True, postgresql_where=text("draft_id is not null")),
    Index("ix_dossier_owner", "owner_id", "submitted_at"),
    Index(
        "ix_dossier_submitter",
        "submitter_id",
        "submitted_at",
        postgresql_where=text("submitter_id <> owner_id"),
    ),
    Index(
        "ix_dossier_late",
        "receiving_point",
        "check_due_at",
        "checked_by",
        postgresql_where=text("check_overdue"),
    ),
    Index("ix_dossier_event", "event_key", postgresql_where=text("event_key is not null")),
    Index("ix_dossier_officer", "officer_id", postgresql_where=text("officer_id is not null")),
    Index("ix_dossier_code", "code", postgresql_ops={"code": "text_pattern_ops"}),
    Index("ix_dossier_clear", "code", postgresql_where=_CLEAR),
    Index(
        LATE_FORM,
        "receiving_point",
        "late_form",
        unique=True,
        postgresql_where=text("late_form is not null"),
    ),
    Index("ix_dossier_late_entry", "receiving_point", "submitted_at", postgresql_where=LATE_WAITS),
)
