"""Count questions and feedback: their facts, how each stands, and every time in somebody's hands."""

from alembic import op

revision = "0004"
down_revision = "0003"

TABLES = (
    """CREATE TABLE question (
    number TEXT CONSTRAINT pk_question PRIMARY KEY, subject TEXT NOT NULL, topic TEXT NOT NULL,
    received_at TIMESTAMPTZ NOT NULL, closed_at TIMESTAMPTZ, ending TEXT, late BOOLEAN NOT NULL
)""",
    "CREATE INDEX ix_question_received_at ON question (subject, received_at)",
    "CREATE INDEX ix_question_closed_at ON question (subject, closed_at)",
    """CREATE TABLE holding (
    number TEXT NOT NULL CONSTRAINT fk_holding_number REFERENCES question ON DELETE CASCADE, no INTEGER NOT NULL,
    subject TEXT NOT NULL, topic TEXT NOT NULL, holder TEXT NOT NULL, since_at TIMESTAMPTZ NOT NULL,
    due_at TIMESTAMPTZ, until_at TIMESTAMPTZ, ending TEXT, CONSTRAINT pk_holding PRIMARY KEY (number, no)
)""",
    "CREATE INDEX ix_holding_since_at ON holding (subject, since_at)",
    "CREATE INDEX ix_holding_until_at ON holding (subject, until_at)",
    """CREATE TABLE question_fact (
    number TEXT NOT NULL, version INTEGER NOT NULL, turn TEXT NOT NULL, at TIMESTAMPTZ NOT NULL, subject TEXT NOT NULL,
    topic TEXT NOT NULL, received_at TIMESTAMPTZ NOT NULL, agency TEXT, due_at TIMESTAMPTZ,
    CONSTRAINT pk_question_fact PRIMARY KEY (number, version)
)""",
)


def upgrade() -> None:
    """Create the tables."""
    for statement in TABLES:
        op.execute(statement)
