"""Keep whether somebody stood at the desk when a dossier was received and when its result was handed over."""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add what facts told before do not say: for them the desk offers nothing, which it could for a day at most."""
    op.execute(
        """alter table rated_dossier add column accepted_at_desk boolean, add column returned_at_desk boolean"""
    )
