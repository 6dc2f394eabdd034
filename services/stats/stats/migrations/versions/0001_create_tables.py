"""Create the tables of statistics."""

from alembic import op
from common.migrations import create_plumbing

revision = "0001"
down_revision = None

TABLES = (
    """CREATE TABLE agency (
    code TEXT CONSTRAINT pk_agency PRIMARY KEY, version INTEGER NOT NULL, name TEXT NOT NULL, name_en TEXT,
    level TEXT NOT NULL, kind TEXT NOT NULL, parent TEXT
)""",
    "CREATE TABLE field (code TEXT CONSTRAINT pk_field PRIMARY KEY, seen_at TIMESTAMPTZ NOT NULL, name TEXT NOT NULL)",
    """CREATE TABLE dossier (
    code TEXT CONSTRAINT pk_dossier PRIMARY KEY, agency TEXT NOT NULL, competent_agency TEXT NOT NULL,
    field TEXT NOT NULL, channel TEXT NOT NULL, procedure_code TEXT NOT NULL,
    received_at TIMESTAMPTZ NOT NULL, accepted_at TIMESTAMPTZ, due_at TIMESTAMPTZ, closed_at TIMESTAMPTZ,
    closing TEXT, returned_at TIMESTAMPTZ
)""",
    "CREATE INDEX ix_dossier_received_at ON dossier (received_at)",
    "CREATE INDEX ix_dossier_closed_at ON dossier (closed_at)",
    "CREATE INDEX ix_dossier_open ON dossier (agency, received_at) WHERE closed_at IS NULL",
    """CREATE TABLE wait (
    code TEXT NOT NULL CONSTRAINT fk_wait_code REFERENCES dossier ON DELETE CASCADE,
    since_at TIMESTAMPTZ NOT NULL, until_at TIMESTAMPTZ, CONSTRAINT pk_wait PRIMARY KEY (code, since_at)
)""",
    """CREATE TABLE fact (
    code TEXT NOT NULL, type TEXT NOT NULL, at TIMESTAMPTZ NOT NULL, version INTEGER NOT NULL, due_at TIMESTAMPTZ,
    place JSONB, CONSTRAINT pk_fact PRIMARY KEY (code, type, at)
)""",
    """CREATE TABLE identity_check (
    id BIGINT GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_identity_check PRIMARY KEY,
    checked_at TIMESTAMPTZ NOT NULL, breach_count INTEGER NOT NULL, breaches JSONB NOT NULL
)""",
)


def upgrade() -> None:
    """Create the tables."""
    create_plumbing(op)
    for statement in TABLES:
        op.execute(statement)
