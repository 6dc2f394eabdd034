"""Write down every deed with the deed, in tables where rows are only added."""

from alembic import op
from audit import create_audit

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the access log and its seals."""
    create_audit(op)
    # A step that has ended is told for good; one that moves with its dossier to another instance goes as it is.
    op.execute(
        "create trigger audit_keep_ended before update on step_record for each row"
        " when (old.ended_at is not null) execute function audit_keep()"
    )
