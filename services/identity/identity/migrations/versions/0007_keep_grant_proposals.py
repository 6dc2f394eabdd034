"""Keep rights that wait for a second person's word."""

from alembic import op

revision = "0007"
down_revision = "0006"

STATEMENTS = (
    """CREATE TABLE grant_proposal (
    id UUID NOT NULL,
    account_id UUID NOT NULL,
    agency VARCHAR(60) NOT NULL,
    roles JSONB NOT NULL,
    proposed_by VARCHAR(60) NOT NULL,
    proposed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    outcome VARCHAR(10),
    decided_by VARCHAR(60),
    decided_at TIMESTAMP WITH TIME ZONE,
    reason VARCHAR(300),
    CONSTRAINT pk_grant_proposal PRIMARY KEY (id),
    CONSTRAINT fk_grant_proposal_account_id FOREIGN KEY(account_id) REFERENCES account (id)
)""",
    "CREATE UNIQUE INDEX uq_grant_proposal_waiting ON grant_proposal (account_id) WHERE outcome IS NULL",
)


def upgrade() -> None:
    """Add what is new."""
    for statement in STATEMENTS:
        op.execute(statement)
