"""Keep what waits at a desk since when, whom it is told, and how officers want to hear of it."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add what is new; what waits already is counted, and nobody is told that it arrived."""
    for column in (
        "arrived_at TIMESTAMP WITH TIME ZONE",
        "check_due_at TIMESTAMP WITH TIME ZONE",
        "answered BOOLEAN",
        "desk_told_at TIMESTAMP WITH TIME ZONE",
    ):
        op.execute(f"ALTER TABLE dossier ADD COLUMN {column}")
    op.execute("CREATE INDEX ix_dossier_desk ON dossier (receiving_point) WHERE state = 'submitted'")
    op.execute(
        """CREATE TABLE arrival_choice (
    account TEXT NOT NULL,
    arrivals TEXT NOT NULL,
    chosen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_arrival_choice PRIMARY KEY (account)
)"""
    )
    op.execute(
        """CREATE TABLE desk_round (
    agency TEXT NOT NULL,
    told_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_desk_round PRIMARY KEY (agency)
)"""
    )
