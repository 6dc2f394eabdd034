"""Keep what was received on paper while the system was down: its form's number, who confirmed it, known outages."""

from alembic import op

revision = "0010"
down_revision = "0009"

STATEMENTS = (
    "ALTER TABLE dossier ADD COLUMN late_form TEXT, ADD COLUMN late_confirmed_by TEXT",
    "CREATE UNIQUE INDEX ix_dossier_late_form ON dossier (receiving_point, late_form) WHERE late_form is not null",
    """CREATE INDEX ix_dossier_late_entry ON dossier (receiving_point, submitted_at)
    WHERE late_entry and late_confirmed_by is null""",
    """CREATE TABLE outage (
    number TEXT NOT NULL,
    version INTEGER NOT NULL,
    began_at TIMESTAMP WITH TIME ZONE,
    ended_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_outage PRIMARY KEY (number)
)""",
)


def upgrade() -> None:
    """Add columns and the copy of outages."""
    for statement in STATEMENTS:
        op.execute(statement)
