"""Keep which instance settles whose dossiers, and which dossiers another instance has."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables of turns and of dossiers that are elsewhere."""
    op.execute(
        """CREATE TABLE turn (
    agency TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    holder TEXT NOT NULL,
    number INTEGER NOT NULL,
    CONSTRAINT pk_turn PRIMARY KEY (agency, at)
)"""
    )
    op.execute(
        """CREATE TABLE elsewhere (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    agency TEXT NOT NULL,
    unit TEXT NOT NULL,
    officer_id TEXT,
    receiving_point TEXT NOT NULL,
    holder TEXT NOT NULL,
    state TEXT NOT NULL,
    accepted_at TIMESTAMP WITH TIME ZONE NOT NULL,
    acceptance JSONB,
    handed_over_at TIMESTAMP WITH TIME ZONE,
    taken_over_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_elsewhere PRIMARY KEY (code)
)"""
    )
    op.execute("CREATE INDEX ix_elsewhere_handed_over ON elsewhere (holder, agency) WHERE version > 0")
    op.execute("CREATE INDEX ix_elsewhere_accepted ON elsewhere (accepted_at) WHERE version = 0")
