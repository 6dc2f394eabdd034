"""Keep who hands a dossier in where it is not the applicant, sealed like everything that says who somebody is."""

from alembic import op

revision = "0008"
down_revision = "0007"

STATEMENTS = (
    "ALTER TABLE dossier ADD COLUMN submitter JSONB DEFAULT '{}' NOT NULL, ADD COLUMN submitter_sealed TEXT",
    "ALTER TABLE draft ADD COLUMN submitter JSONB DEFAULT '{}' NOT NULL, ADD COLUMN submitter_sealed TEXT",
    "DROP INDEX ix_dossier_clear",
    """CREATE INDEX ix_dossier_clear ON dossier (code)
    WHERE applicant <> '{}' or email is not null or phone is not null or answers <> '{}' or result_address is not null
    or submitter <> '{}'""",
    "DROP INDEX ix_draft_clear",
    "CREATE INDEX ix_draft_clear ON draft (id) WHERE answers <> '{}' or result_address is not null or submitter <> '{}'",
)


def upgrade() -> None:
    """Add the columns, and let the search for what stands in clear see them."""
    for statement in STATEMENTS:
        op.execute(statement)
