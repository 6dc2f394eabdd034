"""Keep marks of who is barred as askers are read, ratings by side, and no account where it is not needed."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Bring old bars into the read form; take accounts out of ratings and of lines that only say that it asked."""
    op.execute("alter table bar add column phone text")
    op.execute("update bar set id_number = upper(regexp_replace(id_number, '[ .-]', '', 'g'))")
    op.execute("update bar set email = lower(btrim(email))")
    op.execute(
        "create index ix_question_email on question (asker_email, asked_at) where asker_email is not null"
    )
    op.execute(
        "create index ix_feedback_email on feedback ((sender ->> 'email'), came_at) where owner is null"
    )
    op.execute("alter table line disable trigger audit_keep_change")
    for table in ("question", "feedback"):
        op.execute(
            f"update line set by = '' from {table} t where t.number = line.question"
            " and line.deed in ('asked', 'received') and line.by = t.owner"
        )
    op.execute("alter table line enable trigger audit_keep_change")
    for table in ("question", "feedback"):
        op.execute(f"alter table {table} add column account_gone boolean not null default false")
    op.execute("alter table rating add column side text not null default 'owner'")
    op.execute("alter table rating add column task_from date")
    op.execute("alter table rating drop constraint uq_rating_dossier")
    op.execute("alter table rating add constraint uq_rating_dossier unique (dossier, phase, side)")
    op.execute("update rating set by = null, id = gen_random_uuid()")
    op.execute(
        "update rating set task_from = (given_at at time zone 'Asia/Ho_Chi_Minh')::date + 1"
        " where task_state <> 'none'"
    )
    op.execute("drop index ix_rating_task")
    op.execute("create index ix_rating_task on rating (agency, task_from) where task_state = 'open'")
    op.execute("create index ix_rating_named on rating (given_at) where dossier not like '~%'")
    op.execute(
        "create index ix_rated_dossier_known on rated_dossier (returned_at)"
        " where owner is not null or submitter is not null"
    )
