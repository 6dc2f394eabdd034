"""Create feedback; its clocks and its history stand beside those of questions."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Let clocks and lines belong to either, and keep feedback for good."""
    op.execute("alter table clock drop constraint fk_clock_question_question")
    op.execute("alter table line drop constraint fk_line_question_question")
    op.execute("create sequence feedback_serial")
    op.execute("""create table feedback (
        number text constraint pk_feedback primary key, announced integer not null, state text not null,
        key_hash text not null constraint uq_feedback_key_hash unique, owner text, sender jsonb,
        channel text not null, came_at timestamptz not null, entered_by text,
        from_question text constraint uq_feedback_from_question unique, category text not null, dossier text,
        title text not null, text text not null, agency text, involved jsonb not null, forwarded_at timestamptz,
        due_at timestamptz, soon_at timestamptz, reply jsonb, replied_at timestamptz, closing jsonb,
        closed_at timestamptz, publication jsonb, line_count integer not null, version integer not null)""")
    op.execute("create index ix_feedback_due on feedback (due_at, number) where closed_at is null")
    op.execute("create index ix_feedback_closed on feedback (closed_at, number) where closed_at is not null")
    op.execute("create index ix_feedback_owner on feedback (owner, number) where owner is not null")
    op.execute(
        "create trigger feedback_stays before delete on feedback for each row execute function audit_keep()"
    )
    op.execute(
        "create trigger feedbacks_stay before truncate on feedback for each statement execute function audit_keep()"
    )
