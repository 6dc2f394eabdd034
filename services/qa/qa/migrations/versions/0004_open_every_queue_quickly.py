"""Give every queue of the board an index of its own, and titles one by their words."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the indexes; the old one of agencies becomes one that also answers how many are near and late."""
    for index in (
        "ix_question_state on question (state, due_at, number) where closed_at is null",
        "ix_question_soon on question (due_at, soon_at) where closed_at is null",
        "ix_question_return on question (due_at, number) where return_asked is not null and closed_at is null",
        "ix_question_ended on question (state, closed_at, number) where closed_at is not null",
        "ix_question_look on question ((publication ->> 'state'), closed_at, number) where closed_at is not null",
        "ix_question_words on question using gin (to_tsvector('simple', title_key)) with (fastupdate = off)",
    ):
        op.execute(f"create index {index}")
    op.execute("drop index ix_question_agency")
    op.execute(
        "create index ix_question_agency on question (agency, due_at, number)"
        " include (soon_at, returned_count) where closed_at is null"
    )
