"""Keep which people, dossiers and questions a decision holds, so that no time erases who asked."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the copy of holds."""
    op.execute(
        """CREATE TABLE hold (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    keeps BOOLEAN NOT NULL,
    CONSTRAINT pk_hold PRIMARY KEY (id)
)"""
    )
    op.execute("CREATE INDEX ix_hold_keeps ON hold (kind, subject) WHERE keeps")
