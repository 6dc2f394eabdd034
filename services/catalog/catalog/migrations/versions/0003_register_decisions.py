"""Register publication decisions and the change requests that follow from them."""

from alembic import op

revision = "0003"
down_revision = "0002"

TABLES = (
    """CREATE TABLE publication_decision (
        id UUID CONSTRAINT pk_publication_decision PRIMARY KEY, number TEXT NOT NULL, signed_on DATE NOT NULL,
        effective_on DATE NOT NULL, registered_at TIMESTAMPTZ NOT NULL, registered_by TEXT NOT NULL,
        CONSTRAINT uq_publication_decision_number UNIQUE (number, signed_on))""",
    """CREATE TABLE decision_item (
        decision UUID NOT NULL CONSTRAINT fk_decision_item_decision REFERENCES publication_decision (id),
        procedure TEXT NOT NULL, agency TEXT NOT NULL CONSTRAINT fk_decision_item_agency REFERENCES agency (code),
        name TEXT NOT NULL, deed TEXT NOT NULL,
        CONSTRAINT pk_decision_item PRIMARY KEY (decision, procedure, agency))""",
    "CREATE INDEX ix_decision_item_procedure ON decision_item (procedure)",
    """CREATE TABLE change_request (
        id UUID CONSTRAINT pk_change_request PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL,
        agency TEXT NOT NULL CONSTRAINT fk_change_request_agency REFERENCES agency (code),
        decision UUID CONSTRAINT fk_change_request_decision REFERENCES publication_decision (id),
        document_number TEXT NOT NULL, document_on DATE NOT NULL, procedures JSONB NOT NULL, content TEXT NOT NULL,
        answer TEXT NOT NULL, created_at TIMESTAMPTZ NOT NULL, sent_at TIMESTAMPTZ, sent_by TEXT,
        ended_at TIMESTAMPTZ, version INTEGER NOT NULL)""",
    "CREATE INDEX ix_change_request_agency ON change_request (agency, state)",
    """CREATE TABLE change_clock (
        id UUID CONSTRAINT pk_change_clock PRIMARY KEY,
        request UUID NOT NULL CONSTRAINT fk_change_clock_request REFERENCES change_request (id),
        waits_for TEXT NOT NULL, ledger JSONB NOT NULL, started_at TIMESTAMPTZ NOT NULL, due_at TIMESTAMPTZ NOT NULL,
        overdue_at TIMESTAMPTZ, ended_at TIMESTAMPTZ)""",
    "CREATE INDEX ix_change_clock_request ON change_clock (request)",
    "CREATE INDEX ix_change_clock_due ON change_clock (due_at) WHERE ended_at is null and overdue_at is null",
)


def upgrade() -> None:
    """Create the tables; a decision is registered once."""
    for statement in TABLES:
        op.execute(statement)
