"""Say since when whoever owes something does, and find history and receipts by their time."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the column; who held a clock so far did from its beginning."""
    op.execute("alter table clock add column held_from timestamptz not null default now()")
    op.execute("update clock set held_from = started_at")
    op.execute("create index ix_clock_running on clock (question) where ended_at is null")
    op.execute("create index ix_line_deed on line (deed, at)")
    op.execute("create index ix_question_asked on question (asked_at)")
    op.execute("create index ix_feedback_came on feedback (came_at)")
