"""Keep the ways of looking at the queues that officers name."""

from alembic import op

revision = "0014"
down_revision = "0013"

STATEMENTS = (
    """CREATE TABLE saved_view (
    id UUID NOT NULL,
    owner_id TEXT NOT NULL,
    name TEXT NOT NULL,
    list TEXT NOT NULL,
    chosen JSONB NOT NULL,
    columns JSONB NOT NULL,
    saved_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_saved_view PRIMARY KEY (id)
)""",
    "CREATE UNIQUE INDEX ix_saved_view_name ON saved_view (owner_id, name)",
)


def upgrade() -> None:
    """Add the table."""
    for statement in STATEMENTS:
        op.execute(statement)
