"""Keep telephone calls, reminders, the channel that stands in for another, what is overdue, and who leads an agency."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add what is new; officers announced again are written anew, with their name and roles."""
    op.execute("ALTER TABLE delivery ADD COLUMN instead_of TEXT")
    op.execute(
        """CREATE INDEX ix_delivery_missed ON delivery (finished_at)
    WHERE state = 'failed' OR reason = 'no-address'"""
    )
    op.execute("CREATE INDEX ix_message_dossier ON message (dossier_code)")
    op.execute("ALTER TABLE dossier ADD COLUMN overdue_at TIMESTAMP WITH TIME ZONE")
    op.execute("ALTER TABLE dossier ADD COLUMN settled_at TIMESTAMP WITH TIME ZONE")
    op.execute(
        """CREATE INDEX ix_dossier_overdue ON dossier (competent_agency)
    WHERE overdue_at IS NOT NULL AND settled_at IS NULL"""
    )
    op.execute("ALTER TABLE officer ADD COLUMN name TEXT")
    op.execute("ALTER TABLE officer ADD COLUMN roles JSONB")
    op.execute("ALTER TABLE officer ADD COLUMN active BOOLEAN")
    op.execute("UPDATE officer SET version = 0")
    op.execute(
        """CREATE TABLE call (
    id UUID NOT NULL,
    dossier_code TEXT NOT NULL,
    direction TEXT NOT NULL,
    result TEXT NOT NULL,
    note TEXT NOT NULL,
    called_at TIMESTAMP WITH TIME ZONE NOT NULL,
    called_by TEXT NOT NULL,
    written_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_call PRIMARY KEY (id)
)"""
    )
    op.execute("CREATE INDEX ix_call_dossier ON call (dossier_code, called_at)")
    op.execute(
        """CREATE TABLE reminder (
    id UUID NOT NULL,
    agency TEXT NOT NULL,
    reminded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    reminded_by TEXT NOT NULL,
    overdue_count INTEGER NOT NULL,
    told_count INTEGER NOT NULL,
    CONSTRAINT pk_reminder PRIMARY KEY (id)
)"""
    )
    op.execute("CREATE INDEX ix_reminder_agency ON reminder (agency, reminded_at)")
