"""Keep the new dates that were proposed and promised; a leader finds those that wait among what to sign."""

from alembic import op

revision = "0007"
down_revision = "0006"

STATEMENTS = (
    "ALTER TABLE dossier ADD COLUMN extending BOOLEAN NOT NULL DEFAULT false",
    "ALTER TABLE dossier ADD COLUMN extended_until TIMESTAMP WITH TIME ZONE",
    """CREATE TABLE extension (
    dossier_code TEXT NOT NULL,
    number INTEGER NOT NULL,
    previous_due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    until TIMESTAMP WITH TIME ZONE NOT NULL,
    reason TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    letter_number TEXT,
    document JSONB,
    slip JSONB,
    signer TEXT,
    decided_by TEXT,
    decided_at TIMESTAMP WITH TIME ZONE,
    sent_back_by TEXT,
    sent_back_at TIMESTAMP WITH TIME ZONE,
    sent_back_remarks TEXT,
    CONSTRAINT pk_extension PRIMARY KEY (dossier_code, number),
    CONSTRAINT fk_extension_dossier_code_dossier FOREIGN KEY (dossier_code) REFERENCES dossier (code)
)""",
    "DROP INDEX ix_dossier_to_sign",
    """CREATE INDEX ix_dossier_to_sign ON dossier (agency, due_at, accepted_at, code)
    WHERE (closed_at is null and (step_kind in ('review', 'sign') or extending) or revoking)""",
)


def upgrade() -> None:
    """Add what is new."""
    for statement in STATEMENTS:
        op.execute(statement)
