"""Keep who is away when and who stands in, who got a dossier from whom and why, and what was done out of turn."""

from alembic import op

revision = "0008"
down_revision = "0007"

STATEMENTS = (
    """CREATE TABLE absence (
    id UUID NOT NULL,
    agency TEXT NOT NULL,
    officer_id TEXT NOT NULL,
    from_on DATE NOT NULL,
    to_on DATE NOT NULL,
    substitute_id TEXT,
    recorded_by TEXT NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_by TEXT,
    ended_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_absence PRIMARY KEY (id)
)""",
    "CREATE INDEX ix_absence_agency ON absence (agency, to_on)",
    "CREATE INDEX ix_absence_officer ON absence (officer_id, to_on)",
    """CREATE TABLE assignment (
    dossier_code TEXT NOT NULL,
    number INTEGER NOT NULL,
    way TEXT NOT NULL,
    from_officer TEXT,
    officer_id TEXT NOT NULL,
    assigned_by TEXT NOT NULL,
    assigned_at TIMESTAMP WITH TIME ZONE NOT NULL,
    reason TEXT,
    passed_over INTEGER NOT NULL,
    CONSTRAINT pk_assignment PRIMARY KEY (dossier_code, number),
    CONSTRAINT fk_assignment_dossier_code_dossier FOREIGN KEY (dossier_code) REFERENCES dossier (code)
)""",
    "ALTER TABLE step_record ADD COLUMN passed_over INTEGER NOT NULL DEFAULT 0",
)


def upgrade() -> None:
    """Add what is new."""
    for statement in STATEMENTS:
        op.execute(statement)
