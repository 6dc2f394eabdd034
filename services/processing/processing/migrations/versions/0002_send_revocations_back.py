"""Keep that a leader sent the proposal to revoke a result back, and list it with what was sent back."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the leader's word to proposals; what was sent back is listed whether decided or not."""
    op.execute(
        """ALTER TABLE revocation
    ADD COLUMN sent_back_by TEXT,
    ADD COLUMN sent_back_at TIMESTAMP WITH TIME ZONE,
    ADD COLUMN sent_back_remarks TEXT"""
    )
    op.execute("DROP INDEX ix_dossier_sent_back")
    op.execute(
        """CREATE INDEX ix_dossier_sent_back ON dossier (agency, due_at, accepted_at, code) WHERE sent_back_at is not null"""
    )
