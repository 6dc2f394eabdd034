"""Keep the papers a person gave or got, and who used each of them for what."""

from alembic import op

revision = "0011"
down_revision = "0010"

STATEMENTS = (
    """CREATE TABLE vault_paper (
    id UUID NOT NULL,
    owner_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    number TEXT,
    number_sealed TEXT,
    issuer TEXT,
    issuer_sealed TEXT,
    issued_on DATE,
    expires_on DATE,
    lasting BOOLEAN NOT NULL,
    signature TEXT NOT NULL,
    dossier_code TEXT NOT NULL,
    source TEXT NOT NULL,
    files JSONB NOT NULL,
    kept_at TIMESTAMP WITH TIME ZONE NOT NULL,
    withheld_at TIMESTAMP WITH TIME ZONE,
    revoked_at TIMESTAMP WITH TIME ZONE,
    revoked_by TEXT,
    replaced BOOLEAN NOT NULL,
    CONSTRAINT pk_vault_paper PRIMARY KEY (id),
    CONSTRAINT fk_vault_paper_dossier_code_dossier FOREIGN KEY(dossier_code) REFERENCES dossier (code)
)""",
    "CREATE INDEX ix_vault_paper_owner ON vault_paper (owner_id, kept_at, id)",
    "CREATE INDEX ix_vault_paper_type ON vault_paper (owner_id, type)",
    "CREATE UNIQUE INDEX ix_vault_paper_source ON vault_paper (dossier_code, kind, source)",
    "CREATE INDEX ix_vault_paper_unchecked ON vault_paper (kept_at) WHERE signature = 'unchecked'",
    "CREATE INDEX ix_vault_paper_clear ON vault_paper (id) WHERE number is not null or issuer is not null",
    """CREATE TABLE vault_use (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    paper_id UUID NOT NULL,
    deed TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    hour TIMESTAMP WITH TIME ZONE NOT NULL,
    actor_id TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    agency TEXT,
    unit TEXT,
    component_id TEXT,
    draft_id UUID,
    dossier_code TEXT,
    attachment_ids UUID[] DEFAULT '{}' NOT NULL,
    CONSTRAINT pk_vault_use PRIMARY KEY (id),
    CONSTRAINT fk_vault_use_paper_id_vault_paper FOREIGN KEY(paper_id) REFERENCES vault_paper (id)
)""",
    "CREATE INDEX ix_vault_use_paper ON vault_use (paper_id, at)",
    "CREATE INDEX ix_vault_use_draft ON vault_use (draft_id) WHERE draft_id is not null",
    "CREATE UNIQUE INDEX ix_vault_use_seen ON vault_use (paper_id, actor_id, hour) WHERE deed = 'seen'",
)


def upgrade() -> None:
    """Add the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
