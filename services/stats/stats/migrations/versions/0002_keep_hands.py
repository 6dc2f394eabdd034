"""Keep in whose hands a dossier is, in its facts and in the figures; facts kept so far learn it when told again."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add unit and officer."""
    for table in ("fact", "dossier"):
        op.execute(f"ALTER TABLE {table} ADD COLUMN unit TEXT, ADD COLUMN officer_id TEXT")
    op.execute("CREATE INDEX ix_dossier_hands ON dossier (competent_agency, unit, officer_id)")
