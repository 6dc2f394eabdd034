"""Keep the reply to feedback while it is typed."""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Begin without drafts."""
    op.execute("alter table feedback add column draft jsonb")
