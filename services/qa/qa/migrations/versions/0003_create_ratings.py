"""Create ratings of dossiers, and the copy of whose dossiers they are."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables."""
    op.execute("""create table rated_dossier (
        code text constraint pk_rated_dossier primary key, version integer not null, owner text, submitter text,
        receiving_point text not null, competent_agency text not null, accepted_at timestamptz,
        returned_at timestamptz)""")
    op.execute("""create table rating (
        id uuid constraint pk_rating primary key, dossier text not null, phase text not null, agency text not null,
        progress integer not null, quality integer not null, comment text not null, by text,
        given_at timestamptz not null, changed_at timestamptz not null, task_state text not null,
        task_done text not null, task_by text, task_at timestamptz, version integer not null,
        constraint uq_rating_dossier unique (dossier, phase))""")
    op.execute("create index ix_rating_agency on rating (agency, phase)")
    op.execute("create index ix_rating_task on rating (agency, given_at) where task_state = 'open'")
