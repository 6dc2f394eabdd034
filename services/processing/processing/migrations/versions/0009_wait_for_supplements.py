"""Keep what officers find missing while a dossier is handled, and since when its clock waits for the applicant."""

from alembic import op

revision = "0009"
down_revision = "0008"

STATEMENTS = (
    "ALTER TABLE dossier ADD COLUMN paused_at TIMESTAMP WITH TIME ZONE",
    "ALTER TABLE dossier ADD COLUMN answer_by_on DATE",
    """CREATE TABLE supplement (
    dossier_code TEXT NOT NULL,
    number INTEGER NOT NULL,
    reason TEXT NOT NULL,
    guidance TEXT NOT NULL,
    items JSONB NOT NULL,
    free_items JSONB NOT NULL,
    drafted_by TEXT NOT NULL,
    drafted_at TIMESTAMP WITH TIME ZONE NOT NULL,
    requested_at TIMESTAMP WITH TIME ZONE,
    supplied_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_supplement PRIMARY KEY (dossier_code, number),
    CONSTRAINT fk_supplement_dossier_code_dossier FOREIGN KEY (dossier_code) REFERENCES dossier (code)
)""",
)


def upgrade() -> None:
    """Add what is new."""
    for statement in STATEMENTS:
        op.execute(statement)
