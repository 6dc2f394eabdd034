"""Keep the marks of codes by which a dossier is rated at the counter."""

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Create the table; a code itself stands nowhere, and each dossier and phase has one at most."""
    op.execute("""create table counter_code (
        mark text constraint pk_counter_code primary key, dossier text not null, phase text not null,
        until timestamptz not null, constraint uq_counter_code_dossier unique (dossier, phase))""")
    op.execute("create index ix_counter_code_until on counter_code (until)")
