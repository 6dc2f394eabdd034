"""Seal the lines of results: columns beside those in clear, and indexes of what still stands in clear."""

from alembic import op

revision = "0005"
down_revision = "0004"

STATEMENTS = (
    "ALTER TABLE dossier ADD COLUMN content_sealed TEXT",
    "ALTER TABLE revocation ADD COLUMN content_sealed TEXT",
    "CREATE INDEX ix_dossier_clear ON dossier (code) WHERE content is not null",
    "CREATE INDEX ix_revocation_clear ON revocation (dossier_code) WHERE content is not null",
)


def upgrade() -> None:
    """Add what is new."""
    for statement in STATEMENTS:
        op.execute(statement)
