"""Write down every deed with the deed, in tables where rows are only added."""

from alembic import op
from audit import create_audit

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the access log and its seals; close the histories."""
    create_audit(op, ("edit_entry",))
