"""Offer the secret of an app to one sign-in only, and keep for a while the mail addresses accounts had before."""

from alembic import op

revision = "0014"
down_revision = "0013"

STATEMENTS = (
    """CREATE TABLE factor_offer (
    session_id UUID NOT NULL,
    sealed TEXT NOT NULL,
    offered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_factor_offer PRIMARY KEY (session_id),
    CONSTRAINT fk_factor_offer_session_id FOREIGN KEY(session_id)
        REFERENCES sign_in_session (id) ON DELETE CASCADE
)""",
    """CREATE TABLE former_mail (
    id UUID NOT NULL,
    account_id UUID NOT NULL,
    email VARCHAR(254),
    email_sealed TEXT,
    email_mark VARCHAR(32),
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    until_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_former_mail PRIMARY KEY (id),
    CONSTRAINT fk_former_mail_account_id FOREIGN KEY(account_id) REFERENCES account (id)
)""",
    "CREATE INDEX ix_former_mail_account_id ON former_mail (account_id)",
    "CREATE INDEX ix_former_mail_email_mark ON former_mail (email_mark)",
    # An app that never answered has a secret that others may have seen.
    "DELETE FROM authenticator WHERE confirmed_at IS NULL",
)


def upgrade() -> None:
    """Add what is new."""
    for statement in STATEMENTS:
        op.execute(statement)
