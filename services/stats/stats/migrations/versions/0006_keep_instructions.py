"""Keep what the Chairman instructed about overdue dossiers, and on which list."""

from alembic import op

revision = "0006"
down_revision = "0005"

STATEMENTS = (
    """CREATE TABLE instruction (
    id UUID CONSTRAINT pk_instruction PRIMARY KEY, first DATE NOT NULL, last DATE NOT NULL,
    overdue_count INTEGER NOT NULL, reported_on DATE NOT NULL, received_on DATE NOT NULL, given_by TEXT NOT NULL,
    words TEXT NOT NULL, recorded_by TEXT NOT NULL, recorded_at TIMESTAMPTZ NOT NULL
)""",
    "CREATE INDEX ix_instruction_period ON instruction (last, first)",
)


def upgrade() -> None:
    """Create the table."""
    for statement in STATEMENTS:
        op.execute(statement)
