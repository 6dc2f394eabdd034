"""Keep the passkeys of officers, and the challenges that their browsers are to answer."""

from alembic import op

revision = "0011"
down_revision = "0010"

STATEMENTS = (
    """CREATE TABLE passkey (
    id UUID NOT NULL,
    account_id UUID NOT NULL,
    credential_id TEXT NOT NULL,
    credential TEXT NOT NULL,
    sign_count BIGINT NOT NULL,
    name VARCHAR(60) NOT NULL,
    added_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_used_at TIMESTAMP WITH TIME ZONE,
    copied_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_passkey PRIMARY KEY (id),
    CONSTRAINT fk_passkey_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT uq_passkey_credential_id UNIQUE (credential_id)
)""",
    "CREATE INDEX ix_passkey_account_id ON passkey (account_id)",
    """CREATE TABLE passkey_challenge (
    session_id UUID NOT NULL,
    ceremony VARCHAR(10) NOT NULL,
    challenge VARCHAR(60) NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_passkey_challenge PRIMARY KEY (session_id, ceremony),
    CONSTRAINT fk_passkey_challenge_session_id FOREIGN KEY(session_id)
        REFERENCES sign_in_session (id) ON DELETE CASCADE
)""",
    "CREATE INDEX ix_passkey_challenge_expires_at ON passkey_challenge (expires_at)",
)


def upgrade() -> None:
    """Add what is new."""
    for statement in STATEMENTS:
        op.execute(statement)
