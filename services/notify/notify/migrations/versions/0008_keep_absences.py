"""Keep who is away and who stands in, so that the substitute hears of the dossiers too."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the copy; processing tells again of absences that began before."""
    op.execute(
        """CREATE TABLE absence (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    officer_id TEXT NOT NULL,
    substitute_id TEXT,
    from_on DATE NOT NULL,
    to_on DATE NOT NULL,
    ended BOOLEAN NOT NULL,
    CONSTRAINT pk_absence PRIMARY KEY (id)
)"""
    )
    op.execute("CREATE INDEX ix_absence_officer ON absence (officer_id, to_on)")
