"""Keep orders for many dossiers at once, and find what an officer did in a period."""

from alembic import op

revision = "0011"
down_revision = "0010"

STATEMENTS = (
    """CREATE TABLE bulk (
    id UUID NOT NULL,
    deed TEXT NOT NULL,
    agency TEXT NOT NULL,
    started_by TEXT NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ordered JSONB NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_bulk PRIMARY KEY (id)
)""",
    "CREATE INDEX ix_bulk_unfinished ON bulk (started_at) WHERE finished_at is null",
    "CREATE INDEX ix_bulk_started_by ON bulk (started_by, started_at)",
    """CREATE TABLE bulk_item (
    bulk_id UUID NOT NULL,
    number INTEGER NOT NULL,
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    refusal JSONB,
    settled_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_bulk_item PRIMARY KEY (bulk_id, number),
    CONSTRAINT fk_bulk_item_bulk_id_bulk FOREIGN KEY (bulk_id) REFERENCES bulk (id) ON DELETE CASCADE
)""",
    "CREATE INDEX ix_step_record_actor ON step_record (actor_id, ended_at)",
)


def upgrade() -> None:
    """Add what is new."""
    for statement in STATEMENTS:
        op.execute(statement)
