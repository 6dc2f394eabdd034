"""Keep which account of an outside provider is whose, and the attempts to sign in that are under way."""

from alembic import op

revision = "0012"
down_revision = "0011"

STATEMENTS = (
    """CREATE TABLE provider_account (
    issuer VARCHAR(200) NOT NULL,
    subject_hash VARCHAR(64) NOT NULL,
    account_id UUID NOT NULL,
    bound_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_provider_account PRIMARY KEY (issuer, subject_hash),
    CONSTRAINT fk_provider_account_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT uq_provider_account_account_id UNIQUE (account_id, issuer)
)""",
    """CREATE TABLE provider_attempt (
    state_hash VARCHAR(64) NOT NULL,
    binding_hash VARCHAR(64) NOT NULL,
    door VARCHAR(10) NOT NULL,
    sealed TEXT NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_provider_attempt PRIMARY KEY (state_hash)
)""",
    "CREATE INDEX ix_provider_attempt_expires_at ON provider_attempt (expires_at)",
)


def upgrade() -> None:
    """Add what is new."""
    for statement in STATEMENTS:
        op.execute(statement)
