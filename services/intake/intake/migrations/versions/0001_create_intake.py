"""Create the tables of intake."""

from alembic import op
from common.migrations import create_plumbing

revision = "0001"
down_revision = None

# A dossier with a code is never deleted, and its history is only ever appended to; who looked stays, and only counts up.
GUARDS = (
    """create function refuse_change() returns trigger language plpgsql as $$
    begin raise exception '% on % is forbidden', tg_op, tg_table_name; end $$""",
    "create trigger keep_history before update or delete on step for each row execute function refuse_change()",
    "create trigger keep_dossier before delete on dossier for each row execute function refuse_change()",
    "create trigger keep_look before delete on look for each row execute function refuse_change()",
    """create trigger keep_look_as_it_was before update on look for each row
    when (not (new.count > old.count and new.last_at >= old.last_at
      and (new.dossier_code, new.hour, new.officer_id, new.part, new.first_at, new.role, new.ground)
        = (old.dossier_code, old.hour, old.officer_id, old.part, old.first_at, old.role, old.ground)
      and (new.agency, new.unit) is not distinct from (old.agency, old.unit)))
    execute function refuse_change()""",
)
# The words of a dossier, its serial number and its state, each by desk and period of thirty days and by period alone; one
# expression, which PostgreSQL puts in the place of the call.
FUNCTIONS = (
    """create function search_tokens(desk text, at timestamptz, words text, code text, state text) returns text[]
    language sql immutable parallel safe as $$
    select string_to_array(
      desk || '/' || div(extract(epoch from at at time zone 'UTC'), 2592000)::text || '/'
        || replace(words || ' ' || substring(code from '[^-]*$') || ' =' || state, ' ',
          ' ' || desk || '/' || div(extract(epoch from at at time zone 'UTC'), 2592000)::text || '/'), ' ')
    || string_to_array(
      div(extract(epoch from at at time zone 'UTC'), 2592000)::text || '/'
        || replace(words || ' ' || substring(code from '[^-]*$') || ' =' || state, ' ',
          ' ' || div(extract(epoch from at at time zone 'UTC'), 2592000)::text || '/'), ' ')
    $$""",
)
TABLES = (
    """CREATE TABLE access_refusal (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    subject TEXT NOT NULL,
    roles JSONB NOT NULL,
    agency TEXT,
    dossier_code TEXT NOT NULL,
    CONSTRAINT pk_access_refusal PRIMARY KEY (id)
)""",
    """CREATE TABLE agency (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT,
    level TEXT NOT NULL,
    kind TEXT,
    parent TEXT,
    desk JSONB,
    valid_from DATE,
    valid_to DATE,
    CONSTRAINT pk_agency PRIMARY KEY (code)
)""",
    """CREATE TABLE attachment (
    id UUID NOT NULL,
    draft_id UUID,
    dossier_code TEXT,
    component_id TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    rendition_sha256 TEXT,
    source TEXT NOT NULL,
    scan TEXT NOT NULL,
    scan_note TEXT,
    round INTEGER NOT NULL,
    uploaded_by TEXT NOT NULL,
    uploaded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    replaced_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_attachment PRIMARY KEY (id)
)""",
    """CREATE INDEX ix_attachment_dossier ON attachment (dossier_code) WHERE dossier_code is not null""",
    """CREATE INDEX ix_attachment_draft ON attachment (draft_id) WHERE draft_id is not null""",
    """CREATE INDEX ix_attachment_pending ON attachment (uploaded_at) WHERE scan = 'pending'""",
    """CREATE TABLE daily_serial (
    agency TEXT NOT NULL,
    day TEXT NOT NULL,
    last INTEGER NOT NULL,
    CONSTRAINT pk_daily_serial PRIMARY KEY (agency, day)
)""",
    """CREATE TABLE dossier (
    code TEXT NOT NULL,
    state TEXT NOT NULL,
    draft_id UUID,
    owner_id TEXT NOT NULL,
    submitter_id TEXT NOT NULL,
    applicant_name TEXT NOT NULL,
    applicant JSONB NOT NULL,
    email TEXT,
    phone TEXT,
    search_key TEXT NOT NULL,
    event_key TEXT,
    channel TEXT NOT NULL,
    place_of_help TEXT,
    receiving_point TEXT NOT NULL,
    competent_agency TEXT NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    competent_received_at TIMESTAMP WITH TIME ZONE,
    verified_identity BOOLEAN NOT NULL,
    digitised BOOLEAN NOT NULL,
    reused BOOLEAN NOT NULL,
    from_vault BOOLEAN NOT NULL,
    paid_online BOOLEAN NOT NULL,
    procedure_code TEXT NOT NULL,
    procedure_version INTEGER NOT NULL,
    field TEXT NOT NULL,
    case_id TEXT,
    service_level TEXT NOT NULL,
    answers JSONB NOT NULL,
    declaration_version TEXT NOT NULL,
    result_channel TEXT NOT NULL,
    result_address TEXT,
    submitted_at TIMESTAMP WITH TIME ZONE NOT NULL,
    check_started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    check_due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    check_ledger JSONB NOT NULL,
    checked_at TIMESTAMP WITH TIME ZONE,
    checked_by TEXT,
    check_overdue BOOLEAN NOT NULL,
    next_due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    supplement_count INTEGER NOT NULL,
    supplement_approval JSONB,
    accepted_at TIMESTAMP WITH TIME ZONE,
    due_at TIMESTAMP WITH TIME ZONE,
    ledger JSONB,
    due_sentence JSONB,
    forward_ledger JSONB,
    forward_due_at TIMESTAMP WITH TIME ZONE,
    forwarded_at TIMESTAMP WITH TIME ZONE,
    appointment JSONB,
    unit TEXT,
    officer_id TEXT,
    unit_version INTEGER NOT NULL,
    step_no INTEGER,
    step_count INTEGER,
    step_name TEXT,
    step_name_en TEXT,
    result_ready_at TIMESTAMP WITH TIME ZONE,
    returned_at TIMESTAMP WITH TIME ZONE,
    return_way TEXT,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_dossier PRIMARY KEY (code)
)""",
    """CREATE INDEX ix_dossier_code ON dossier (code text_pattern_ops)""",
    """CREATE INDEX ix_dossier_desk ON dossier (receiving_point, state, next_due_at, code)""",
    """CREATE UNIQUE INDEX ix_dossier_draft ON dossier (draft_id) WHERE draft_id is not null""",
    """CREATE INDEX ix_dossier_event ON dossier (event_key) WHERE event_key is not null""",
    """CREATE INDEX ix_dossier_late ON dossier (receiving_point, check_due_at, checked_by) WHERE check_overdue""",
    """CREATE INDEX ix_dossier_officer ON dossier (officer_id) WHERE officer_id is not null""",
    """CREATE INDEX ix_dossier_owner ON dossier (owner_id, submitted_at)""",
    """CREATE INDEX ix_dossier_province ON dossier (state, next_due_at, code) WHERE next_due_at < 'infinity'::timestamptz""",
    """CREATE INDEX ix_dossier_search ON dossier USING gin (search_tokens(receiving_point, submitted_at, search_key, code, state)) WITH (fastupdate = off)""",
    """CREATE INDEX ix_dossier_submitter ON dossier (submitter_id, submitted_at) WHERE submitter_id <> owner_id""",
    """CREATE TABLE draft (
    id UUID NOT NULL,
    owner_id TEXT NOT NULL,
    procedure_code TEXT NOT NULL,
    procedure_version INTEGER NOT NULL,
    agency TEXT NOT NULL,
    case_id TEXT,
    answers JSONB NOT NULL,
    result_channel TEXT,
    result_address TEXT,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    submitted_code TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (id)
)""",
    """CREATE INDEX ix_draft_owner ON draft (owner_id, updated_at) WHERE submitted_code is null""",
    """CREATE INDEX ix_draft_updated ON draft (updated_at) WHERE submitted_code is null""",
    """CREATE TABLE look (
    dossier_code TEXT NOT NULL,
    hour TIMESTAMP WITH TIME ZONE NOT NULL,
    officer_id TEXT NOT NULL,
    part TEXT NOT NULL,
    first_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_at TIMESTAMP WITH TIME ZONE NOT NULL,
    count INTEGER NOT NULL,
    agency TEXT,
    unit TEXT,
    role TEXT NOT NULL,
    ground TEXT NOT NULL,
    CONSTRAINT pk_look PRIMARY KEY (dossier_code, hour, officer_id, part)
)""",
    """CREATE TABLE malware_report (
    id UUID NOT NULL,
    found_at TIMESTAMP WITH TIME ZONE NOT NULL,
    agency TEXT NOT NULL,
    uploaded_by TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    signature TEXT NOT NULL,
    draft_id UUID,
    dossier_code TEXT,
    CONSTRAINT pk_malware_report PRIMARY KEY (id)
)""",
    """CREATE INDEX ix_malware_report_agency ON malware_report (agency, found_at)""",
    """CREATE TABLE officer (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    display_name TEXT NOT NULL,
    CONSTRAINT pk_officer PRIMARY KEY (id)
)""",
    """CREATE TABLE procedure_closure (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    closed_from DATE NOT NULL,
    CONSTRAINT pk_procedure_closure PRIMARY KEY (code)
)""",
    """CREATE TABLE procedure_version (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT,
    effective_from DATE NOT NULL,
    effective_to DATE,
    content JSONB NOT NULL,
    CONSTRAINT pk_procedure_version PRIMARY KEY (code, version)
)""",
    """CREATE INDEX ix_procedure_version_current ON procedure_version (code, effective_from)""",
    """CREATE TABLE checklist_item (
    dossier_code TEXT NOT NULL,
    round INTEGER NOT NULL,
    component_id TEXT NOT NULL,
    verdict TEXT NOT NULL,
    note TEXT NOT NULL,
    judged_by TEXT NOT NULL,
    judged_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_checklist_item PRIMARY KEY (dossier_code, round, component_id),
    CONSTRAINT fk_checklist_item_dossier_code FOREIGN KEY(dossier_code) REFERENCES dossier (code)
)""",
    """CREATE TABLE document (
    id UUID NOT NULL,
    dossier_code TEXT NOT NULL,
    kind TEXT NOT NULL,
    number INTEGER NOT NULL,
    agency TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    content JSONB NOT NULL,
    state TEXT NOT NULL,
    must_sign BOOLEAN NOT NULL,
    sha256 TEXT,
    size INTEGER,
    media_type TEXT NOT NULL,
    signed BOOLEAN NOT NULL,
    signer TEXT,
    verification_code TEXT,
    problem TEXT,
    revoked_at TIMESTAMP WITH TIME ZONE,
    successor TEXT,
    revoked_by TEXT,
    CONSTRAINT pk_document PRIMARY KEY (id),
    CONSTRAINT fk_document_dossier_code FOREIGN KEY(dossier_code) REFERENCES dossier (code)
)""",
    """CREATE INDEX ix_document_dossier ON document (dossier_code)""",
    """CREATE INDEX ix_document_pending ON document (must_sign, created_at) WHERE state = 'pending'""",
    """CREATE UNIQUE INDEX ix_document_verification ON document (verification_code)""",
    """CREATE TABLE step (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    dossier_code TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    action TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    agency TEXT,
    unit TEXT,
    reason TEXT NOT NULL,
    paper TEXT NOT NULL,
    details JSONB NOT NULL,
    CONSTRAINT pk_step PRIMARY KEY (id),
    CONSTRAINT fk_step_dossier_code FOREIGN KEY(dossier_code) REFERENCES dossier (code)
)""",
    """CREATE INDEX ix_step_dossier ON step (dossier_code, at, id)""",
    """CREATE TABLE supplement_request (
    dossier_code TEXT NOT NULL,
    number INTEGER NOT NULL,
    requested_at TIMESTAMP WITH TIME ZONE NOT NULL,
    requested_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    guidance TEXT NOT NULL,
    items JSONB NOT NULL,
    free_items JSONB NOT NULL,
    leader_ground TEXT,
    leader_id TEXT,
    answer_by_on DATE NOT NULL,
    ledger JSONB NOT NULL,
    reminded_at TIMESTAMP WITH TIME ZONE,
    answered_at TIMESTAMP WITH TIME ZONE,
    answer_note TEXT,
    CONSTRAINT pk_supplement_request PRIMARY KEY (dossier_code, number),
    CONSTRAINT fk_supplement_request_dossier_code FOREIGN KEY(dossier_code) REFERENCES dossier (code)
)""",
    """CREATE INDEX ix_supplement_request_open ON supplement_request (answer_by_on) WHERE answered_at is null""",
)


def upgrade() -> None:
    """Create plumbing, tables and the guards of history."""
    create_plumbing(op)
    for statement in (*FUNCTIONS, *TABLES, *GUARDS):
        op.execute(statement)
