"""By what questions are found without reading them all."""

from typing import Final

from sqlalchemy import Index, text

_OPEN: Final = text("closed_at is null")
SHOWN: Final = text("(publication ->> 'state') = 'published'")
"""What everybody may read."""
_CLOSED: Final = text("closed_at is not null")
_CLEAR: Final = text(
    "asker is not null or asker_email is not null or asker_phone is not null or asker_key is not null"
)

QUESTION_INDEXES: Final = (
    Index("ix_question_due", "due_at", "number", postgresql_where=_OPEN),
    Index(
        "ix_question_agency",
        "agency",
        "due_at",
        "number",
        postgresql_include=["soon_at", "returned_count"],
        postgresql_where=_OPEN,
    ),
    Index("ix_question_state", "state", "due_at", "number", postgresql_where=_OPEN),
    Index("ix_question_soon", "due_at", "soon_at", postgresql_where=_OPEN),
    Index(
        "ix_question_return",
        "due_at",
        "number",
        postgresql_where=text("return_asked is not null and closed_at is null"),
    ),
    Index("ix_question_ended", "state", "closed_at", "number", postgresql_where=_CLOSED),
    Index(
        "ix_question_look", text("(publication ->> 'state')"), "closed_at", "number", postgresql_where=_CLOSED
    ),
    Index("ix_question_words", text("to_tsvector('simple', title_key)"), postgresql_using="gin"),
    Index("ix_question_closed", "closed_at", "number", postgresql_where=_CLOSED),
    Index("ix_question_owner", "owner", "number", postgresql_where=text("owner is not null")),
    Index("ix_question_same", "sameness", unique=True, postgresql_where=_OPEN),
    Index(
        "ix_question_public", "published_no", unique=True, postgresql_where=text("published_no is not null")
    ),
    Index("ix_question_asked", "asked_at"),
    Index("ix_question_follows", "follows", postgresql_where=text("follows is not null")),
    Index("ix_question_answered", "answered_at", postgresql_where=text("answered_at is not null")),
    Index("ix_question_shown", "answered_at", "number", postgresql_where=SHOWN),
    Index("ix_question_about", "procedure", "answered_at", "number", postgresql_where=SHOWN),
    Index(
        "ix_question_given",
        "agency",
        "answered_at",
        "number",
        postgresql_where=SHOWN,
        postgresql_ops={"agency": "text_pattern_ops"},
    ),
    Index("ix_question_email", "asker_email", "asked_at", postgresql_where=text("asker_email is not null")),
    Index(
        "ix_question_mail",
        "asker_email_mark",
        "asked_at",
        postgresql_where=text("asker_email_mark is not null"),
    ),
    Index("ix_question_who", "asker_marks", postgresql_using="gin"),
    Index(
        "ix_question_unmarked", "number", postgresql_where=text("asker_marks is null and asker is not null")
    ),
    Index("ix_question_clear", "number", postgresql_where=_CLEAR),
)
