"""Keep where a dossier stands, so that notices of an open one stay, and find the old ones."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add what is new."""
    op.execute("ALTER TABLE dossier ADD COLUMN state TEXT")
    op.execute("CREATE INDEX ix_message_created_at ON message USING brin (created_at)")
