"""Create questions with their clocks and their history, whose lines nobody takes away."""

from alembic import op
from audit import create_audit
from common.migrations import create_plumbing

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables; a question can be corrected by its own steps only, and never be deleted."""
    create_plumbing(op)
    op.execute("create sequence question_serial")
    op.execute("create sequence publication_serial")
    op.execute("""create table question (
        number text constraint pk_question primary key, announced integer not null, state text not null,
        key_hash text not null constraint uq_question_key_hash unique, owner text, asker_kind text not null,
        asker jsonb, asker_email text, asker_phone text, asker_key text, sameness text, consent_name boolean not null,
        topic text not null, asked_agency text, procedure text, title text not null, title_key text not null,
        text text not null, doubts jsonb not null, follows text, asked_at timestamptz not null, agency text,
        kind text, forwarded_at timestamptz, returned_count integer not null, return_asked jsonb, clock text,
        clock_from timestamptz, due_at timestamptz, soon_at timestamptz, draft jsonb, interim jsonb not null,
        answer jsonb, answered_at timestamptz, refusal jsonb, closed_at timestamptz, publication jsonb,
        published_no integer, line_count integer not null, version integer not null)""")
    op.execute("create index ix_question_due on question (due_at, number) where closed_at is null")
    op.execute("create index ix_question_agency on question (agency, due_at, number) where closed_at is null")
    op.execute("create index ix_question_closed on question (closed_at, number) where closed_at is not null")
    op.execute("create index ix_question_owner on question (owner, number) where owner is not null")
    op.execute("create unique index ix_question_same on question (sameness) where closed_at is null")
    op.execute("create unique index ix_question_public on question (published_no)")
    op.execute("create index ix_question_follows on question (follows) where follows is not null")
    op.execute("""create table clock (
        id uuid constraint pk_clock primary key,
        question text not null constraint fk_clock_question_question references question (number),
        kind text not null, owes text not null, ledger jsonb not null, started_at timestamptz not null,
        due_at timestamptz not null, soon_at timestamptz not null, reminded_at timestamptz,
        overdue_at timestamptz, ended_at timestamptz, outcome text)""")
    op.execute("create index ix_clock_question on clock (question, started_at)")
    op.execute("create index ix_clock_due on clock (due_at) where ended_at is null and overdue_at is null")
    op.execute("create index ix_clock_soon on clock (soon_at) where ended_at is null and reminded_at is null")
    op.execute("""create table line (
        question text not null constraint fk_line_question_question references question (number),
        no integer not null, deed text not null, at timestamptz not null, by text not null,
        agency text not null, reason text not null, more jsonb not null,
        constraint pk_line primary key (question, no))""")
    op.execute("""create table bar (
        id uuid constraint pk_bar primary key, account text, id_number text, email text, decision text not null,
        ground text not null, appeal text not null, since timestamptz not null, until date not null,
        by text not null, ended_at timestamptz, ended_by text, end_reason text)""")
    op.execute("create index ix_bar_running on bar (until) where ended_at is null")
    op.execute("""create table agency (
        code text constraint pk_agency primary key, version integer not null, name text not null,
        name_en text not null, parent text, valid_from date not null, valid_to date)""")
    op.execute("""create table procedure (
        code text constraint pk_procedure primary key, version integer not null, name text not null,
        name_en text not null)""")
    op.execute("""create table officer (
        id text constraint pk_officer primary key, version integer not null, display_name text not null,
        agency text not null, roles jsonb not null, active boolean not null)""")
    op.execute("create index ix_officer_agency on officer (agency)")
    op.execute("""create table contact_line (
        officer_id text constraint pk_contact_line primary key, full_name text not null, position text not null,
        phone text not null, email text not null)""")
    op.execute("""create table guidance (
        edition integer constraint pk_guidance primary key, vi text not null, en text not null,
        by text not null, at timestamptz not null)""")
    create_audit(op, ("line", "guidance"))
    for table in ("question", "clock", "bar"):
        op.execute(
            f"create trigger {table}_stays before delete on {table} for each row execute function audit_keep()"
        )
        op.execute(
            f"create trigger {table}s_stay before truncate on {table} for each statement"
            " execute function audit_keep()"
        )
