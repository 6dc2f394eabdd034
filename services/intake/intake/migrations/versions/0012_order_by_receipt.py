"""Find a desk's dossiers by their receipt and by their procedure, and what an officer did, without reading all there ever were."""

from alembic import op

revision = "0012"
down_revision = "0011"

STATEMENTS = (
    "CREATE INDEX ix_dossier_receipt ON dossier (receiving_point, state, submitted_at, code)",
    "CREATE INDEX ix_dossier_procedure ON dossier (receiving_point, state, procedure_code, next_due_at, code)",
    "CREATE INDEX ix_step_actor ON step (actor_id, at)",
)


def upgrade() -> None:
    """Add the indexes."""
    for statement in STATEMENTS:
        op.execute(statement)
