"""Say nothing in the access log where a browser said nothing of itself."""

from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Add what is new."""
    # "not available" is what the history of an account keeps; older lines of the log go on saying it.
    op.execute(
        """create or replace function tell_access() returns trigger language plpgsql as $$
declare
    silent constant text := 'not available';
    others constant boolean := new.subject is not null and new.action in (
        'password_reset', 'factor_cleared', 'unlocked', 'suspended', 'suspension_ended', 'contact_read');
    account_key constant text := coalesce(new.account_id::text, '');
    doer constant text := case when others then new.subject else account_key end;
    who account%rowtype;
begin
    if doer ~ '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' then
        select * into who from account where id = doer::uuid;
    end if;
    insert into audit_line
        (actor, kind, roles, agency, unit, deed, route, subject, outcome, address, agent)
    values (doer, coalesce(who.realm, case when doer = '' or not others then '' else 'service' end),
        coalesce((select string_agg(one, ',' order by one) from jsonb_array_elements_text(who.roles) one), ''),
        coalesce(who.agency, ''), coalesce(who.unit, ''),
        'account', new.action, case when others then account_key else coalesce(new.subject, '') end,
        case when new.action in ('sign_in_failed', 'renewal_stolen', 'out_of_scope') then 403 else 200 end,
        coalesce(nullif(new.address, silent), ''),
        concat_ws(' · ', nullif(new.device, silent), nullif(new.system, silent), nullif(new.browser, silent)));
    return null; end $$"""
    )
