"""Write down every deed with the deed, in tables where rows are only added."""

from alembic import op
from audit import create_audit

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the access log and its seals."""
    create_audit(op)
