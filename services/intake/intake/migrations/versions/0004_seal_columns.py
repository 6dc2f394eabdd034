"""Seal what says who somebody is: columns beside those in clear, and indexes of what still stands in clear."""

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    """ALTER TABLE dossier
    ADD COLUMN applicant_sealed TEXT, ADD COLUMN email_sealed TEXT, ADD COLUMN phone_sealed TEXT,
    ADD COLUMN answers_sealed TEXT, ADD COLUMN result_address_sealed TEXT""",
    "ALTER TABLE draft ADD COLUMN answers_sealed TEXT, ADD COLUMN result_address_sealed TEXT",
    "ALTER TABLE document ADD COLUMN content_sealed TEXT",
    "ALTER TABLE step ADD COLUMN details_sealed TEXT",
    """CREATE INDEX ix_dossier_clear ON dossier (code)
    WHERE applicant <> '{}' or email is not null or phone is not null or answers <> '{}' or result_address is not null""",
    "CREATE INDEX ix_draft_clear ON draft (id) WHERE answers <> '{}' or result_address is not null",
    "CREATE INDEX ix_document_clear ON document (id) WHERE content <> '{}'",
    "CREATE INDEX ix_step_clear ON step (id) WHERE details <> '{}'",
    # The history changes in one way only: what stands in clear is sealed, once; nothing else of a step with it.
    """CREATE FUNCTION keep_step() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF tg_op = 'UPDATE' THEN
        IF old.details_sealed IS NULL AND new.details_sealed IS NOT NULL AND new.details = '{}'
            AND to_jsonb(new) - 'details' - 'details_sealed' = to_jsonb(old) - 'details' - 'details_sealed'
        THEN RETURN new; END IF;
    END IF;
    RAISE EXCEPTION '% of % is forbidden: rows are only added', tg_op, tg_table_name
        USING errcode = 'integrity_constraint_violation'; END $$""",
    "DROP TRIGGER keep_history ON step",
    "DROP TRIGGER audit_keep_change ON step",
    """CREATE TRIGGER audit_keep_change BEFORE UPDATE OR DELETE ON step
    FOR EACH ROW EXECUTE FUNCTION keep_step()""",
    """CREATE FUNCTION seal_step(which bigint, sealed text) RETURNS void LANGUAGE sql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE step SET details = '{}', details_sealed = sealed WHERE id = which $$""",
)


def upgrade() -> None:
    """Add what is new."""
    for statement in STATEMENTS:
        op.execute(statement)
