"""Know a fact about a question by its turn and instant: told again it may have another version."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the instant part of the key."""
    op.execute(
        """ALTER TABLE question_fact DROP CONSTRAINT pk_question_fact,
        ADD CONSTRAINT pk_question_fact PRIMARY KEY (number, turn, at)"""
    )
