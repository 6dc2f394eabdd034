"""Suspend accounts by decision."""

from alembic import op

revision = "0009"
down_revision = "0008"

STATEMENTS = (
    """CREATE TABLE suspension (
    id UUID NOT NULL,
    account_id UUID NOT NULL,
    decision_number VARCHAR(60) NOT NULL,
    ground VARCHAR(500) NOT NULL,
    appeal VARCHAR(500) NOT NULL,
    until_on DATE NOT NULL,
    proposed_by VARCHAR(60) NOT NULL,
    proposed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    confirmed_by VARCHAR(60),
    confirmed_at TIMESTAMP WITH TIME ZONE,
    ended_by VARCHAR(60),
    ended_at TIMESTAMP WITH TIME ZONE,
    ended_reason VARCHAR(500),
    CONSTRAINT pk_suspension PRIMARY KEY (id),
    CONSTRAINT fk_suspension_account_id FOREIGN KEY(account_id) REFERENCES account (id)
)""",
    "CREATE UNIQUE INDEX uq_suspension_open ON suspension (account_id) WHERE ended_at IS NULL",
)


def upgrade() -> None:
    """Add what is new."""
    for statement in STATEMENTS:
        op.execute(statement)
