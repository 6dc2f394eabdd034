"""Create entries with their lines; what stands in a book can be neither taken away nor overwritten."""

from alembic import op
from audit import create_audit
from common.migrations import create_plumbing

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables, and let no entry be deleted and no line be changed."""
    create_plumbing(op)
    op.execute("""create table entry (
        number text constraint pk_entry primary key, book text not null, year integer not null,
        serial integer not null, state text not null, values jsonb not null, began_at timestamptz,
        expected_at timestamptz, ended_at timestamptz, opened_at timestamptz not null, opened_by text not null,
        closed_at timestamptz, line_count integer not null, version integer not null)""")
    op.execute("create unique index ix_entry_book on entry (book, year, serial)")
    op.execute("""create table line (
        number text not null constraint fk_line_number_entry references entry (number), no integer not null,
        kind text not null, at timestamptz not null, by text not null, values jsonb not null, reason text not null,
        constraint pk_line primary key (number, no))""")
    op.execute("""create table count (
        book text not null, year integer not null, last integer not null,
        constraint pk_count primary key (book, year))""")
    op.execute("""create table officer (
        id text constraint pk_officer primary key, version integer not null, name text not null)""")
    op.execute("""create table observation (
        at timestamptz constraint pk_observation primary key, down jsonb not null)""")
    op.execute("""create table part (
        name text constraint pk_part primary key, at timestamptz not null, facts jsonb not null)""")
    create_audit(op, ("line", "observation"))
    op.execute(
        "create trigger entry_stays before delete on entry for each row execute function audit_keep()"
    )
    op.execute(
        "create trigger entries_stay before truncate on entry for each statement execute function audit_keep()"
    )
