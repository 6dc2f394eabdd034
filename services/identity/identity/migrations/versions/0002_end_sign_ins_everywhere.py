"""Find ended sign-ins at once, know devices again, and keep a telephone nobody answered from apart."""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    "CREATE INDEX ix_sign_in_session_ended_at ON sign_in_session (ended_at) WHERE ended_at IS NOT NULL",
    """CREATE TABLE known_device (
    secret_hash VARCHAR(64) NOT NULL,
    account_id UUID NOT NULL,
    first_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_known_device PRIMARY KEY (secret_hash, account_id),
    CONSTRAINT fk_known_device_account_id FOREIGN KEY(account_id) REFERENCES account (id)
)""",
    "CREATE INDEX ix_known_device_account_id ON known_device (account_id)",
    "CREATE INDEX ix_known_device_last_at ON known_device (last_at)",
    "ALTER TABLE account ADD COLUMN phone_proven BOOLEAN DEFAULT true NOT NULL",
    "DROP INDEX uq_account_phone",
    "CREATE UNIQUE INDEX uq_account_phone ON account (phone) WHERE realm <> 'officer' AND phone_proven",
)


def upgrade() -> None:
    """Add what is new; what stands keeps its meaning."""
    for statement in STATEMENTS:
        op.execute(statement)
