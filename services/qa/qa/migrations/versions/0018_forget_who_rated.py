"""Empty what said who rated: nobody reads it any more, and the next release drops it."""

from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Empty the column; a version that still runs meanwhile reads it, and never relies on it."""
    op.execute("update rating set by = null where by is not null")
