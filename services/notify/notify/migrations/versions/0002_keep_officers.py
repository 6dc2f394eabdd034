"""Keep to which agency each officer belongs."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the copy of officers."""
    op.execute(
        """CREATE TABLE officer (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    agency TEXT,
    CONSTRAINT pk_officer PRIMARY KEY (id)
)"""
    )
