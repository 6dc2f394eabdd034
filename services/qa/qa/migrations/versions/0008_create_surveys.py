"""Create surveys, what is counted of them, free texts, and marks of who answered."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the tables; no row of an answer holds a time, an account, or a way to another row."""
    op.execute("create sequence survey_serial")
    op.execute("""create table survey (
        number text constraint pk_survey primary key, state text not null, kind text not null,
        audience text not null, by_agency boolean not null, title jsonb not null, introduction jsonb not null,
        questions jsonb not null, opens_on date, closes_on date, written_by text not null,
        written_at timestamptz not null, published_by text, published_at timestamptz, closed_by text,
        closed_at timestamptz, pepper text, version integer not null)""")
    op.execute("create index ix_survey_state on survey (state, closes_on, number)")
    op.execute("""create table survey_mark (
        survey text, mark text, constraint pk_survey_mark primary key (survey, mark))""")
    op.execute("""create table survey_count (
        survey text, agency text, question text, value text, count integer not null,
        constraint pk_survey_count primary key (survey, agency, question, value))""")
    op.execute("""create table survey_text (
        id uuid constraint pk_survey_text primary key, survey text not null, question text not null,
        text text not null)""")
    op.execute("create index ix_survey_text_question on survey_text (survey, question, id)")
    op.execute("""create table survey_due (
        first date constraint pk_survey_due primary key, due_on date not null, met_by text,
        reminded_at timestamptz, overdue_at timestamptz)""")
