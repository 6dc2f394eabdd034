"""Seal what says who somebody is: columns beside those in clear, and marks to find equal values by."""

from alembic import op

revision = "0010"
down_revision = "0009"

STATEMENTS = (
    """ALTER TABLE account
    ADD COLUMN id_number_sealed TEXT, ADD COLUMN id_number_mark VARCHAR(32),
    ADD COLUMN tax_code_sealed TEXT, ADD COLUMN tax_code_mark VARCHAR(32),
    ADD COLUMN email_sealed TEXT, ADD COLUMN email_mark VARCHAR(32), ADD COLUMN mailbox_mark VARCHAR(32),
    ADD COLUMN phone_sealed TEXT, ADD COLUMN phone_mark VARCHAR(32),
    ADD COLUMN address_sealed TEXT, ADD COLUMN date_of_birth_sealed TEXT,
    ALTER COLUMN id_number DROP NOT NULL, ALTER COLUMN email DROP NOT NULL""",
    """CREATE UNIQUE INDEX uq_account_id_number_mark ON account (realm, id_number_mark)
    WHERE realm <> 'organisation'""",
    "CREATE UNIQUE INDEX uq_account_email_mark ON account (email_mark) WHERE realm <> 'officer'",
    "CREATE UNIQUE INDEX uq_account_phone_mark ON account (phone_mark) WHERE realm <> 'officer' AND phone_proven",
    "CREATE UNIQUE INDEX uq_account_tax_code_mark ON account (tax_code_mark)",
    "CREATE INDEX ix_account_mailbox_mark ON account (mailbox_mark) WHERE realm = 'officer'",
    "ALTER TABLE challenge ADD COLUMN sent_to_sealed TEXT, ADD COLUMN payload_sealed TEXT",
    "ALTER TABLE account_change ADD COLUMN before_sealed TEXT, ADD COLUMN after_sealed TEXT",
    # The history changes in two ways only: values of an erased account are forgotten, and values that stand in clear
    # are sealed, once. Neither touches who changed which field and when.
    """CREATE OR REPLACE FUNCTION keep_account_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF tg_op = 'UPDATE' THEN
        IF new.before IS NULL AND new.after IS NULL
            AND (new.id, new.account_id, new.version, new.changed_at, new.changed_by, new.field)
                = (old.id, old.account_id, old.version, old.changed_at, old.changed_by, old.field)
            AND (
                new.before_sealed IS NULL AND new.after_sealed IS NULL
                    AND EXISTS (SELECT FROM account WHERE id = old.account_id AND erased_at IS NOT NULL)
                OR old.before_sealed IS NULL AND old.after_sealed IS NULL
                    AND (old.before IS NULL) = (new.before_sealed IS NULL)
                    AND (old.after IS NULL) = (new.after_sealed IS NULL)
            )
        THEN RETURN new; END IF;
    END IF;
    RAISE EXCEPTION '% of % is forbidden: rows are only added', tg_op, tg_table_name
        USING errcode = 'integrity_constraint_violation'; END $$""",
    """CREATE OR REPLACE FUNCTION forget_account_values(erased uuid) RETURNS void LANGUAGE sql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    UPDATE account_change SET before = NULL, after = NULL, before_sealed = NULL, after_sealed = NULL
    WHERE account_id = erased $$""",
    """CREATE FUNCTION seal_account_change(changed bigint, was text, became text) RETURNS void LANGUAGE sql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE account_change SET before = NULL, after = NULL, before_sealed = was, after_sealed = became
    WHERE id = changed $$""",
)


def upgrade() -> None:
    """Add what is new."""
    for statement in STATEMENTS:
        op.execute(statement)
