"""Create files that come with questions and feedback, and the reports of infected ones."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the tables; a file goes with what is erased of its sender, so nothing keeps its row."""
    op.execute("""create table attachment (
        id uuid constraint pk_attachment primary key, number text, ticket_hash text
        constraint uq_attachment_ticket_hash unique, uploaded_by text, uploaded_at timestamptz not null,
        source text not null, name text not null, size integer not null, media_type text not null,
        sha256 text not null, rendition_sha256 text, scan text not null, scan_note text)""")
    op.execute("create index ix_attachment_number on attachment (number, id) where number is not null")
    op.execute("create index ix_attachment_waits on attachment (uploaded_at) where number is null")
    op.execute("create index ix_attachment_pending on attachment (uploaded_at) where scan = 'pending'")
    op.execute("""create table malware_report (
        id uuid constraint pk_malware_report primary key, found_at timestamptz not null, agency text not null,
        uploaded_by text not null, number text, file_name text not null, sha256 text not null,
        signature text not null)""")
    op.execute("create index ix_malware_report_agency on malware_report (agency, found_at)")
