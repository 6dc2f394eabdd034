"""Close accounts: since when, and what the history may forget once an account is erased."""

from alembic import op

revision = "0008"
down_revision = "0007"

STATEMENTS = (
    "ALTER TABLE account ADD COLUMN closing_at TIMESTAMP WITH TIME ZONE",
    "ALTER TABLE account ADD COLUMN erased_at TIMESTAMP WITH TIME ZONE",
    "CREATE INDEX ix_account_closing ON account (closing_at) WHERE closing_at IS NOT NULL AND erased_at IS NULL",
    # Of an erased account the history keeps who changed which field and when, and forgets the values. Nothing else of
    # it changes, and no service's role may change it: the function below belongs to the owner of the table.
    """CREATE FUNCTION keep_account_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF tg_op = 'UPDATE' THEN
        IF new.before IS NULL AND new.after IS NULL
            AND (new.id, new.account_id, new.version, new.changed_at, new.changed_by, new.field)
                = (old.id, old.account_id, old.version, old.changed_at, old.changed_by, old.field)
            AND EXISTS (SELECT FROM account WHERE id = old.account_id AND erased_at IS NOT NULL)
        THEN RETURN new; END IF;
    END IF;
    RAISE EXCEPTION '% of % is forbidden: rows are only added', tg_op, tg_table_name
        USING errcode = 'integrity_constraint_violation'; END $$""",
    "DROP TRIGGER audit_keep_change ON account_change",
    """CREATE TRIGGER audit_keep_change BEFORE UPDATE OR DELETE ON account_change
    FOR EACH ROW EXECUTE FUNCTION keep_account_change()""",
    """CREATE FUNCTION forget_account_values(erased uuid) RETURNS void LANGUAGE sql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    UPDATE account_change SET before = NULL, after = NULL WHERE account_id = erased $$""",
)


def upgrade() -> None:
    """Add what is new."""
    for statement in STATEMENTS:
        op.execute(statement)
