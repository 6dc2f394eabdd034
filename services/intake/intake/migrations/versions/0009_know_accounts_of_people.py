"""Know which account belongs to a person by number, so that what was written down for them is theirs there."""

from alembic import op

revision = "0009"
down_revision = "0008"

STATEMENTS = (
    """CREATE TABLE person_account (
    person_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    joined_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_person_account PRIMARY KEY (person_id)
)""",
    "CREATE INDEX ix_person_account_account ON person_account (account_id)",
)


def upgrade() -> None:
    """Add the table."""
    for statement in STATEMENTS:
        op.execute(statement)
