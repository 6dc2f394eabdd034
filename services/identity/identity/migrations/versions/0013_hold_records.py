"""Keep records by decision: nobody deletes a hold, and no time erases what it keeps."""

from alembic import op

revision = "0013"
down_revision = "0012"

STATEMENTS = (
    """CREATE TABLE hold (
    id UUID NOT NULL,
    version INTEGER NOT NULL,
    kind VARCHAR(10) NOT NULL,
    subject VARCHAR(60) NOT NULL,
    state VARCHAR(20) NOT NULL,
    decision_number VARCHAR(60) NOT NULL,
    ground VARCHAR(500) NOT NULL,
    until_on DATE NOT NULL,
    proposed_by VARCHAR(60) NOT NULL,
    proposed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    confirmed_by VARCHAR(60),
    confirmed_at TIMESTAMP WITH TIME ZONE,
    release_number VARCHAR(60),
    release_ground VARCHAR(500),
    release_proposed_by VARCHAR(60),
    release_proposed_at TIMESTAMP WITH TIME ZONE,
    ended_by VARCHAR(60),
    ended_at TIMESTAMP WITH TIME ZONE,
    reminded_on DATE,
    CONSTRAINT pk_hold PRIMARY KEY (id)
)""",
    "CREATE INDEX ix_hold_keeps ON hold (kind, subject) WHERE ended_at IS NULL",
    "CREATE INDEX ix_hold_until ON hold (until_on) WHERE ended_at IS NULL",
    "CREATE TRIGGER audit_keep_deletion BEFORE DELETE ON hold FOR EACH ROW EXECUTE FUNCTION audit_keep()",
)


def upgrade() -> None:
    """Add what is new."""
    for statement in STATEMENTS:
        op.execute(statement)
