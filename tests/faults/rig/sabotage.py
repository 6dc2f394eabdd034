"""What must not go unnoticed: facts that vanish or double before they are relayed, and an inbox that forgets."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rig.census import SUBMITTED, Suite

# In the database, because the product has no switch for it: of eight submissions one is never announced, one twice.
_BREAK = f"""
create function sabotage() returns trigger language plpgsql security definer set search_path = public as $$
declare another uuid := gen_random_uuid();
begin
  if get_byte(uuid_send(new.id), 15) % 8 = 0 then return null; end if;
  if get_byte(uuid_send(new.id), 15) % 8 = 1 then
    insert into outbox (id, type, routing_key, envelope)
      values (another, new.type, new.routing_key, jsonb_set(new.envelope, '{{id}}', to_jsonb(another)));
  end if;
  return new;
end $$;
create trigger sabotage before insert on outbox for each row
  when (new.type = '{SUBMITTED}' and pg_trigger_depth() = 0) execute function sabotage();
"""
_MEND = "drop trigger sabotage on outbox; drop function sabotage()"
_LATEST = "select id from outbox where type = $1 and published_at is not null order by seq desc limit $2"


@asynccontextmanager
async def broken_outbox(suite: Suite) -> AsyncIterator[None]:
    """Let intake's outbox lose and double facts while the block lasts."""
    await suite.run("intake", _BREAK)
    yield
    await suite.run("intake", _MEND)


async def forget(suite: Suite, service: str, count: int) -> list[uuid.UUID]:
    """Delete from a service's inbox what protects it from repeats of the latest submissions; return their ids."""
    ids = [row[0] for row in await suite.fetch("intake", _LATEST, SUBMITTED, count)]
    await suite.fetch(service, "delete from inbox where id = any($1)", ids)
    return ids


async def repeat(suite: Suite, ids: list[uuid.UUID]) -> None:
    """Let intake send facts again."""
    await suite.fetch("intake", "update outbox set published_at = null where id = any($1)", ids)
