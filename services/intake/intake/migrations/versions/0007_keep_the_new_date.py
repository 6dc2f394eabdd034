"""Keep the new date an applicant is promised beside the first one."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the column; most dossiers are never given a second date."""
    op.execute("ALTER TABLE dossier ADD COLUMN extended_until TIMESTAMP WITH TIME ZONE")
