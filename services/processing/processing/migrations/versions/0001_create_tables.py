"""Create the tables of processing."""

from alembic import op
from common.migrations import create_plumbing

revision = "0001"
down_revision = None

# Every list has an index in its own order; those of open dossiers stay small however many were ever decided.
INDEXES = (
    """CREATE INDEX ix_dossier_officer ON dossier (officer_id, due_at, accepted_at, code) WHERE closed_at is null""",
    """CREATE INDEX ix_dossier_worklist ON dossier (agency, due_at, accepted_at, code)""",
    """CREATE INDEX ix_dossier_open ON dossier (agency, due_at, accepted_at, code, soon_at) WHERE closed_at is null""",
    """CREATE INDEX ix_dossier_new ON dossier (agency, due_at, accepted_at, code) WHERE closed_at is null and officer_id is null""",
    """CREATE INDEX ix_dossier_sent_back ON dossier (agency, due_at, accepted_at, code) WHERE closed_at is null and sent_back_at is not null""",
    """CREATE INDEX ix_dossier_to_sign ON dossier (agency, due_at, accepted_at, code) WHERE (closed_at is null and step_kind in ('review', 'sign') or revoking)""",
    """CREATE INDEX ix_dossier_procedure ON dossier (agency, procedure_code, procedure_version, due_at, accepted_at, code)""",
    """CREATE INDEX ix_dossier_procedure_open ON dossier (agency, procedure_code, procedure_version, due_at, accepted_at, code) WHERE closed_at is null""",
    """CREATE INDEX ix_dossier_number ON dossier (agency, number, code)""",
    """CREATE INDEX ix_dossier_serial ON dossier (agency, serial, number, code)""",
)


def upgrade() -> None:
    """Create the tables."""
    create_plumbing(op)
    op.execute(
        """CREATE TABLE agency (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    parent TEXT,
    CONSTRAINT pk_agency PRIMARY KEY (code)
)"""
    )
    op.execute(
        """CREATE TABLE decision_series (
    agency TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    CONSTRAINT pk_decision_series PRIMARY KEY (agency, year)
)"""
    )
    op.execute(
        """CREATE TABLE dossier (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    announced INTEGER NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    serial TEXT NOT NULL,
    agency TEXT NOT NULL,
    receiving_point TEXT NOT NULL,
    unit TEXT NOT NULL,
    officer_id TEXT,
    state TEXT NOT NULL,
    procedure_code TEXT NOT NULL,
    procedure_version INTEGER NOT NULL,
    procedure_name TEXT NOT NULL,
    channel TEXT NOT NULL,
    facts JSONB NOT NULL,
    submitted_at TIMESTAMP WITH TIME ZONE NOT NULL,
    accepted_at TIMESTAMP WITH TIME ZONE NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    soon_at TIMESTAMP WITH TIME ZONE NOT NULL,
    step_id TEXT NOT NULL,
    step_kind TEXT NOT NULL,
    step_role TEXT NOT NULL,
    step_name TEXT NOT NULL,
    step_due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    template TEXT NOT NULL,
    outcome TEXT,
    content JSONB,
    reasons TEXT,
    legal_basis TEXT,
    proposed_by TEXT,
    proposed_at TIMESTAMP WITH TIME ZONE,
    approved_by TEXT,
    approved_at TIMESTAMP WITH TIME ZONE,
    sent_back_at TIMESTAMP WITH TIME ZONE,
    sent_back_remarks TEXT,
    decision_serial INTEGER,
    decision_year INTEGER,
    decision_number TEXT,
    verification_code TEXT,
    document JSONB,
    signer TEXT,
    closed_at TIMESTAMP WITH TIME ZONE,
    reminded_at TIMESTAMP WITH TIME ZONE,
    overdue_at TIMESTAMP WITH TIME ZONE,
    received_by TEXT,
    received_at TIMESTAMP WITH TIME ZONE,
    revocation_count INTEGER NOT NULL,
    revoking BOOLEAN NOT NULL,
    CONSTRAINT pk_dossier PRIMARY KEY (code),
    CONSTRAINT uq_dossier_verification_code UNIQUE (verification_code)
)"""
    )
    for index in INDEXES:
        op.execute(index)
    op.execute(
        """CREATE TABLE officer (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    announced INTEGER NOT NULL,
    display_name TEXT NOT NULL,
    agency TEXT NOT NULL,
    unit TEXT,
    roles JSONB NOT NULL,
    scope TEXT,
    active BOOLEAN NOT NULL,
    last_seen_at TIMESTAMP WITH TIME ZONE,
    idle_told TEXT,
    CONSTRAINT pk_officer PRIMARY KEY (id)
)"""
    )
    op.execute(
        """CREATE INDEX ix_officer_agency ON officer (agency)"""
    )
    op.execute(
        """CREATE TABLE procedure_version (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    search_key TEXT NOT NULL,
    content JSONB NOT NULL,
    CONSTRAINT pk_procedure_version PRIMARY KEY (code, version)
)"""
    )
    op.execute(
        """CREATE TABLE revocation (
    dossier_code TEXT NOT NULL,
    number INTEGER NOT NULL,
    revokes TEXT NOT NULL,
    content JSONB,
    ground TEXT NOT NULL,
    legal_basis TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    decision_number TEXT,
    verification_code TEXT,
    document JSONB,
    signer TEXT,
    decided_by TEXT,
    decided_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_revocation PRIMARY KEY (dossier_code, number),
    CONSTRAINT fk_revocation_dossier_code FOREIGN KEY(dossier_code) REFERENCES dossier (code),
    CONSTRAINT uq_revocation_verification_code UNIQUE (verification_code)
)"""
    )
    op.execute(
        """CREATE TABLE step_record (
    id UUID NOT NULL,
    seq BIGINT GENERATED ALWAYS AS IDENTITY,
    dossier_code TEXT NOT NULL,
    step_id TEXT NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    kind TEXT NOT NULL,
    unit TEXT NOT NULL,
    role TEXT NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ledger JSONB NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    action TEXT,
    actor_id TEXT,
    remarks TEXT,
    CONSTRAINT pk_step_record PRIMARY KEY (id),
    CONSTRAINT fk_step_record_dossier_code FOREIGN KEY(dossier_code) REFERENCES dossier (code)
)"""
    )
    op.execute(
        """CREATE INDEX ix_step_record_dossier ON step_record (dossier_code, seq)"""
    )

