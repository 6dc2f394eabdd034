"""Create the tables of notify."""

from alembic import op
from common.migrations import create_plumbing

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    create_plumbing(op)
    op.execute(
        """CREATE TABLE agency (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT,
    desk JSONB,
    CONSTRAINT pk_agency PRIMARY KEY (code)
)"""
    )
    op.execute(
        """CREATE TABLE dossier (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    owner_id TEXT,
    submitter_id TEXT,
    procedure_code TEXT NOT NULL,
    procedure_version INTEGER NOT NULL,
    channel TEXT NOT NULL,
    receiving_point TEXT NOT NULL,
    competent_agency TEXT NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_dossier PRIMARY KEY (code)
)"""
    )
    op.execute(
        """CREATE TABLE message (
    id UUID NOT NULL,
    event_id UUID NOT NULL,
    recipient TEXT NOT NULL,
    kind TEXT NOT NULL,
    template_version INTEGER NOT NULL,
    dossier_code TEXT,
    subject JSONB NOT NULL,
    body JSONB NOT NULL,
    sms JSONB NOT NULL,
    link JSONB NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE,
    attachments JSONB NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    read_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_message PRIMARY KEY (id),
    CONSTRAINT uq_message_event_recipient UNIQUE (event_id, recipient)
)"""
    )
    op.execute(
        """CREATE INDEX ix_message_inbox ON message (recipient, id DESC)"""
    )
    op.execute(
        """CREATE INDEX ix_message_unread ON message (recipient) WHERE read_at IS NULL"""
    )
    op.execute(
        """CREATE TABLE procedure (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT,
    CONSTRAINT pk_procedure PRIMARY KEY (code, version)
)"""
    )
    op.execute(
        """CREATE TABLE template_version (
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    subject JSONB NOT NULL,
    body JSONB NOT NULL,
    sms JSONB NOT NULL,
    created_by TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_template_version PRIMARY KEY (kind, version)
)"""
    )
    op.execute(
        """CREATE TABLE delivery (
    id UUID NOT NULL,
    message_id UUID NOT NULL,
    event_id UUID NOT NULL,
    recipient TEXT NOT NULL,
    channel TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_attempt_at TIMESTAMP WITH TIME ZONE NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE,
    reason TEXT,
    CONSTRAINT pk_delivery PRIMARY KEY (id),
    CONSTRAINT uq_delivery_event_recipient_channel UNIQUE (event_id, recipient, channel),
    CONSTRAINT fk_delivery_message_id FOREIGN KEY(message_id) REFERENCES message (id)
)"""
    )
    op.execute(
        """CREATE INDEX ix_delivery_due ON delivery (next_attempt_at) WHERE state IN ('queued', 'sending')"""
    )
    op.execute(
        """CREATE INDEX ix_delivery_message ON delivery (message_id)"""
    )

