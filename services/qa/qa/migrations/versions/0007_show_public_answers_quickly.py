"""Give public answers, published results and cited texts indexes of their own."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the indexes, most of them over what everybody may read alone."""
    shown = "where (publication ->> 'state') = 'published'"
    for index in (
        "ix_question_answered on question (answered_at) where answered_at is not null",
        f"ix_question_shown on question (answered_at, number) {shown}",
        f"ix_question_about on question (procedure, answered_at, number) {shown}",
        f"ix_question_given on question (agency text_pattern_ops, answered_at, number) {shown}",
        f"ix_feedback_shown on feedback (replied_at, number) {shown}",
    ):
        op.execute(f"create index {index}")
