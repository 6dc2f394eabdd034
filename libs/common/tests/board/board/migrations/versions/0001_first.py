"""Create the notice board."""

from alembic import op
from common.migrations import create_plumbing

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_plumbing(op)
    op.execute("""create table notice (
        name text constraint pk_notice primary key, text text not null, times integer not null default 1, version integer not null)""")
