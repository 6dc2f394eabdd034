"""Keep which people and dossiers a decision holds, so that no time erases what is theirs."""

from alembic import op

revision = "0005"
down_revision = "0004"


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
