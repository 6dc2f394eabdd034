"""Write down every deed with the deed, in tables where rows are only added."""

from alembic import op
from audit import create_audit

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the access log and its seals; close the histories."""
    create_audit(op, ("access_entry", "account_change"))
    # Who came in, and who tried to, stands in the same log as everything else: the same row, told twice in one go.
    op.execute(
        """create function tell_access() returns trigger language plpgsql as $$ begin
    insert into audit_line (actor, deed, route, subject, outcome, address, agent)
    values (coalesce(new.account_id::text, ''), 'account', new.action, coalesce(new.subject, ''),
        case when new.action in ('sign_in_failed', 'renewal_stolen', 'out_of_scope') then 403 else 200 end,
        new.address, concat_ws(' · ', new.device, new.system, new.browser));
    return null; end $$"""
    )
    op.execute(
        "create trigger tell_access after insert on access_entry for each row execute function tell_access()"
    )
