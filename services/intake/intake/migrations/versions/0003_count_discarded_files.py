"""Count what was taken out of drafts while the store still holds it."""

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    """CREATE TABLE discarded_file (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    owner_id TEXT NOT NULL,
    size INTEGER NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_discarded_file PRIMARY KEY (id)
)""",
    "CREATE INDEX ix_discarded_file_owner ON discarded_file (owner_id)",
)


def upgrade() -> None:
    """Add what is new."""
    for statement in STATEMENTS:
        op.execute(statement)
