"""Check content before publication, and remember by which decision a version is taken online."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the checks; what was published before keeps no approval."""
    op.execute("""CREATE TABLE version_check (
        id UUID CONSTRAINT pk_version_check PRIMARY KEY, procedure TEXT NOT NULL, number INTEGER NOT NULL,
        asked_at TIMESTAMPTZ NOT NULL, asked_by TEXT NOT NULL, decided_at TIMESTAMPTZ, decided_by TEXT,
        approved BOOLEAN, reason TEXT NOT NULL)""")
    op.execute("CREATE INDEX ix_version_check_procedure ON version_check (procedure, number)")
    op.execute("ALTER TABLE procedure_version ADD approval_number TEXT, ADD approval_on DATE")
