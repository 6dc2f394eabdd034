"""Remember work that was spent, where answered questions were remembered; the running version finds it by its name."""

from alembic import op

revision = "0006"
down_revision = "0005"

STATEMENTS = (
    "ALTER TABLE used_captcha RENAME TO spent_work",
    "ALTER INDEX ix_used_captcha_used_at RENAME TO ix_spent_work_used_at",
    "CREATE VIEW used_captcha AS SELECT id, used_at FROM spent_work",
)


def upgrade() -> None:
    """Rename what is remembered."""
    for statement in STATEMENTS:
        op.execute(statement)
