"""Know when an agency ended, and keep why a request for an opinion was taken back."""

from alembic import op

revision = "0010"
down_revision = "0009"

STATEMENTS = (
    "ALTER TABLE agency ADD COLUMN valid_to DATE",
    "ALTER TABLE consultation ADD COLUMN withdrawn_by TEXT",
    "ALTER TABLE consultation ADD COLUMN withdrawn_at TIMESTAMP WITH TIME ZONE",
    "ALTER TABLE consultation ADD COLUMN withdrawn_reason TEXT",
)


def upgrade() -> None:
    """Add what is new."""
    for statement in STATEMENTS:
        op.execute(statement)
