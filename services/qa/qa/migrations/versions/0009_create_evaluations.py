"""Create evaluations of how agencies serve online."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Create the table; a period is evaluated once."""
    op.execute("create sequence evaluation_serial")
    op.execute("""create table evaluation (
        number text constraint pk_evaluation primary key, state text not null, cycle text not null,
        first date not null, last date not null, begun_by text not null, begun_at timestamptz not null,
        figures jsonb, conclusion text not null, closed_by text, closed_at timestamptz, version integer not null,
        constraint uq_evaluation_cycle unique (cycle, first))""")
