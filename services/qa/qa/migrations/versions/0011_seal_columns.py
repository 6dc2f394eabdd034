"""Seal what people said of themselves: columns beside those in clear, marks to find it by, drafts that can go."""

from alembic import op

revision = "0011"
down_revision = "0010"

STATEMENTS = (
    """ALTER TABLE question
    ADD COLUMN asker_sealed TEXT, ADD COLUMN asker_marks TEXT[], ADD COLUMN asker_email_sealed TEXT,
    ADD COLUMN asker_email_mark TEXT, ADD COLUMN asker_phone_sealed TEXT, ADD COLUMN asker_key_sealed TEXT""",
    """ALTER TABLE feedback ADD COLUMN sender_sealed TEXT, ADD COLUMN email_mark TEXT,
    ADD COLUMN keyed BOOLEAN NOT NULL DEFAULT true""",
    """ALTER TABLE bar
    ADD COLUMN id_number_sealed TEXT, ADD COLUMN id_number_mark TEXT, ADD COLUMN email_sealed TEXT,
    ADD COLUMN email_mark TEXT, ADD COLUMN phone_sealed TEXT, ADD COLUMN phone_mark TEXT""",
    "CREATE INDEX ix_question_mail ON question (asker_email_mark, asked_at) WHERE asker_email_mark is not null",
    "CREATE INDEX ix_question_who ON question USING gin (asker_marks) WITH (fastupdate = off)",
    "CREATE INDEX ix_question_unmarked ON question (number) WHERE asker_marks is null and asker is not null",
    """CREATE INDEX ix_question_clear ON question (number)
    WHERE asker is not null or asker_email is not null or asker_phone is not null or asker_key is not null""",
    """CREATE INDEX ix_feedback_mail ON feedback (email_mark, came_at)
    WHERE owner is null and email_mark is not null""",
    "CREATE INDEX ix_feedback_keyed ON feedback (closed_at) WHERE keyed and closed_at is not null",
    "CREATE INDEX ix_feedback_clear ON feedback (number) WHERE sender is not null",
    """CREATE INDEX ix_bar_clear ON bar (id)
    WHERE id_number is not null or email is not null or phone is not null""",
    # The history changes in one way only: what an agency had drafted goes once nobody knows who asked.
    """CREATE FUNCTION keep_line() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF tg_op = 'UPDATE' THEN
        IF old.more ? 'draft' AND new.more = old.more - 'draft'
            AND to_jsonb(new) - 'more' = to_jsonb(old) - 'more'
            AND EXISTS (SELECT FROM question
                WHERE number = old.question AND asker IS NULL AND asker_sealed IS NULL)
        THEN RETURN new; END IF;
    END IF;
    RAISE EXCEPTION '% of % is forbidden: rows are only added', tg_op, tg_table_name
        USING errcode = 'integrity_constraint_violation'; END $$""",
    "DROP TRIGGER audit_keep_change ON line",
    """CREATE TRIGGER audit_keep_change BEFORE UPDATE OR DELETE ON line
    FOR EACH ROW EXECUTE FUNCTION keep_line()""",
    """CREATE FUNCTION forget_drafts(numbers text[]) RETURNS void LANGUAGE sql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE line SET more = more - 'draft' WHERE question = ANY (numbers) AND more ? 'draft' $$""",
)


def upgrade() -> None:
    """Add what is new."""
    for statement in STATEMENTS:
        op.execute(statement)
