"""Note how a dossier came in that an officer wrote down, and whether it was written down late."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the two columns; a dossier that came in online has neither."""
    op.execute("ALTER TABLE dossier ADD COLUMN entry JSONB, ADD COLUMN late_entry BOOLEAN DEFAULT FALSE NOT NULL")
