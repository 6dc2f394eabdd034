"""Keep the opinions asked of other units and agencies, and how many of a dossier are still to come."""

from alembic import op

revision = "0006"
down_revision = "0005"

STATEMENTS = (
    "ALTER TABLE dossier ADD COLUMN consulting INTEGER NOT NULL DEFAULT 0",
    """CREATE TABLE consultation (
    id UUID NOT NULL,
    dossier_code TEXT NOT NULL,
    number INTEGER NOT NULL,
    agency TEXT NOT NULL,
    unit TEXT,
    question TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    soon_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ledger JSONB NOT NULL,
    reminded_at TIMESTAMP WITH TIME ZONE,
    lapsed_at TIMESTAMP WITH TIME ZONE,
    answer TEXT,
    answered_by TEXT,
    answered_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_consultation PRIMARY KEY (id),
    CONSTRAINT fk_consultation_dossier_code_dossier FOREIGN KEY (dossier_code) REFERENCES dossier (code)
)""",
    "CREATE UNIQUE INDEX ix_consultation_dossier ON consultation (dossier_code, number)",
    "CREATE INDEX ix_consultation_asked ON consultation (agency, due_at, id)",
    "CREATE INDEX ix_consultation_waiting ON consultation (due_at) WHERE answered_at is null",
)


def upgrade() -> None:
    """Add what is new."""
    for statement in STATEMENTS:
        op.execute(statement)
