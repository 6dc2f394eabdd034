"""Let a wider data scope wait for a second person's word."""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add what is new."""
    op.execute("ALTER TABLE grant_proposal ADD COLUMN scope VARCHAR(10)")
