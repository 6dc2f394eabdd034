"""Find the coordinators without reading every officer, and index publications alone: asking waits for both."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Create one index, and the other without what is not public."""
    op.execute(
        """create index ix_officer_coordinator on officer (id) where active and roles @> '["coordinator"]'"""
    )
    op.execute("drop index ix_question_public")
    op.execute(
        "create unique index ix_question_public on question (published_no) where published_no is not null"
    )
