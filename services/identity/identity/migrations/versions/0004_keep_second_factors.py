"""Keep the second factors of officers, and when a sign-in last showed one."""

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    """CREATE TABLE authenticator (
    account_id UUID NOT NULL,
    sealed TEXT NOT NULL,
    added_at TIMESTAMP WITH TIME ZONE NOT NULL,
    confirmed_at TIMESTAMP WITH TIME ZONE,
    last_step BIGINT NOT NULL,
    CONSTRAINT pk_authenticator PRIMARY KEY (account_id),
    CONSTRAINT fk_authenticator_account_id FOREIGN KEY(account_id) REFERENCES account (id)
)""",
    """CREATE TABLE recovery_code (
    account_id UUID NOT NULL,
    code_hash VARCHAR(64) NOT NULL,
    CONSTRAINT pk_recovery_code PRIMARY KEY (account_id, code_hash),
    CONSTRAINT fk_recovery_code_account_id FOREIGN KEY(account_id) REFERENCES account (id)
)""",
    "ALTER TABLE sign_in_session ADD COLUMN proven_at TIMESTAMP WITH TIME ZONE",
)


def upgrade() -> None:
    """Add what is new."""
    for statement in STATEMENTS:
        op.execute(statement)
