"""Keep what was signed and compared when results were fetched."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the table."""
    op.execute(
        """CREATE TABLE pickup_finding (
    dossier_code TEXT NOT NULL,
    component_id TEXT NOT NULL,
    finding TEXT NOT NULL,
    note TEXT NOT NULL,
    found_by TEXT NOT NULL,
    found_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_pickup_finding PRIMARY KEY (dossier_code, component_id),
    CONSTRAINT fk_pickup_finding_dossier_code_dossier FOREIGN KEY(dossier_code) REFERENCES dossier (code)
)"""
    )
