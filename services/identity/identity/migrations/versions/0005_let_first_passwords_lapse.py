"""Let a first password that nobody used lapse."""

from alembic import op

revision = "0005"
down_revision = "0004"

STATEMENTS = ("ALTER TABLE account ADD COLUMN first_password_until TIMESTAMP WITH TIME ZONE",)


def upgrade() -> None:
    """Add what is new."""
    for statement in STATEMENTS:
        op.execute(statement)
