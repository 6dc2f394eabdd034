"""Authorise desk officers to settle at once."""

from alembic import op

revision = "0019"
down_revision = "0018"

STATEMENTS = (
    """CREATE TABLE desk_authorisation (
    id UUID NOT NULL,
    account_id UUID NOT NULL,
    agency VARCHAR(60) NOT NULL,
    decision_number VARCHAR(60) NOT NULL,
    procedures JSONB NOT NULL,
    from_on DATE NOT NULL,
    until_on DATE NOT NULL,
    given_by VARCHAR(60) NOT NULL,
    given_at TIMESTAMP WITH TIME ZONE NOT NULL,
    withdrawn_by VARCHAR(60),
    withdrawn_at TIMESTAMP WITH TIME ZONE,
    withdrawn_reason VARCHAR(500),
    CONSTRAINT pk_desk_authorisation PRIMARY KEY (id),
    CONSTRAINT fk_desk_authorisation_account_id FOREIGN KEY(account_id) REFERENCES account (id)
)""",
    "CREATE INDEX ix_desk_authorisation_account ON desk_authorisation (account_id)",
)


def upgrade() -> None:
    """Add what is new."""
    for statement in STATEMENTS:
        op.execute(statement)
