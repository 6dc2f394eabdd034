"""Where a question is born: what may keep it from being asked, its rows and its fact, in one statement."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from typing import Final
from weakref import WeakValueDictionary

from asyncpg import UniqueViolationError
from audit import was_carried
from common.database import Database
from common.sealed import sealed_values
from common.sealing import Ring
from sqlalchemy import text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from qa.models.birth import Birth, Carry
from qa.models.question import Question

_TABLE: Final = Question.__table__
_MARKS: Final = {mark for one in sealed_values(Question) for mark in one.marks}
_SEALED: Final = {one.sealed for one in sealed_values(Question)}
_PLAIN: Final = {"asker", "asker_email", "asker_phone", "asker_key"}
_MAILED: Final = ("asker_email", "asker_key")
_MAY_BE_NULL: Final = {
    *(_MARKS | _SEALED | _PLAIN),
    *("owner", "asker_marks", "sameness", "asked_agency", "procedure", "follows"),
    *("clock", "clock_from", "due_at", "soon_at"),
}
BORN_WITH: Final = tuple(
    column.name
    for column in _TABLE.columns
    if column.name != "number" and (not column.nullable or column.name in _MAY_BE_NULL)
)
"""The columns a question has from its first instant; the number comes from the statement."""

# One statement, one commit. `counted` asks what keeps a question from being taken; without it nothing is written.
# An open question that says the same breaks the unique index where it came at the same moment, a repeated key the
# primary key of the answers kept for repeats; either takes everything back with it.
_WRITE: Final = """
with asked as materialized (
  select * from jsonb_to_record($1::text::jsonb) as ({types},
    named_agency text, named_procedure text, samenesses text[], head text, day date,
    bar_id_number text[], bar_email text[], bar_phone text[],
    bar_id_number_mark text[], bar_email_mark text[], bar_phone_mark text[], bar_proofs text[],
    mail text, mail_mark text, sender_mark text, mails_since timestamptz,
    clock_id uuid, ledger jsonb, deed text, event_id uuid, event_type text, routing_key text, envelope jsonb,
    line jsonb, key_scope text, key text, content_hash text, answer jsonb)
), counted as (
  select head, nextval('question_serial') as serial, mail is null or (
    select count(*) from (
      (select from question q where q.asker_email = mail and q.owner is null and q.asked_at > mails_since
        limit {mails})
      union all
      (select from question q where q.asker_email_mark = mail_mark and q.owner is null
        and q.asked_at > mails_since limit {mails})
      union all
      (select from feedback f where f.sender ->> 'email' = mail and f.owner is null and f.came_at > mails_since
        limit {mails})
      union all
      (select from feedback f where f.email_mark = sender_mark and f.owner is null and f.came_at > mails_since
        limit {mails})
    ) told) < {mails} as mailed
  from asked
  where not exists (select from question q where q.sameness = any (samenesses) and q.closed_at is null)
    and not exists (
      select from bar b where b.ended_at is null and b.until >= day and (
        b.account = asked.owner
        or b.id_number = any (bar_id_number) or b.id_number_mark = any (bar_id_number_mark)
        or b.email = any (bar_email) or b.email_mark = any (bar_email_mark)
        or b.phone = any (bar_phone) or b.phone_mark = any (bar_phone_mark)
        or b.proofs && bar_proofs))
    and (coalesce(named_agency, '') = '' or exists (
      select from agency a
      where a.code = named_agency and a.valid_from <= day and (a.valid_to is null or day < a.valid_to)))
    and (coalesce(named_procedure, '') = '' or exists (select from procedure p where p.code = named_procedure))
  offset 0
), numbered as materialized (
  select head || case when serial < 1000000 then lpad(serial::text, 6, '0') else serial::text end as number, mailed
  from counted
), answered as (
  insert into idempotency_key (scope, key, request_hash, status, body)
  select key_scope, key, content_hash, 201, answer || jsonb_build_object('number', number) from asked, numbered
  where key is not null
), question_row as (
  insert into question (number, {columns}) select number, {values} from asked, numbered
), clock_row as (
  insert into clock (id, question, kind, owes, ledger, started_at, held_from, due_at, soon_at)
  select clock_id, number, clock, '', ledger, clock_from, clock_from, due_at, soon_at from asked, numbered
), line_row as (
  insert into line (question, no, deed, at, by, agency, reason, more)
  select number, 1, deed, asked_at, '', '', '', '{{}}' from asked, numbered
), fact as (
  insert into outbox (id, type, routing_key, envelope)
  select event_id, event_type, routing_key, envelope || jsonb_build_object('subject', number, 'data',
    envelope -> 'data' || jsonb_build_object('aggregate_id', number, 'number', number,
      'reachable', mailed and (envelope -> 'data' -> 'reachable')::bool,
      'tell', (select coalesce(jsonb_agg(o.id order by o.id), '[]') from officer o
        where o.active and o.roles @> '["coordinator"]')))
  from asked, numbered
), written_down as (
  insert into audit_line (actor, kind, roles, agency, unit, deed, route, subject, details, purpose, outcome, address,
    agent)
  select line ->> 'actor', line ->> 'kind', line ->> 'roles', line ->> 'agency', line ->> 'unit', line ->> 'deed',
    line ->> 'route', number, line ->> 'details', line ->> 'purpose', (line ->> 'outcome')::smallint,
    line ->> 'address', line ->> 'agent'
  from asked, numbered where line ->> 'actor' <> '' and line ->> 'route' <> ''
)
select number from numbered
"""


_ONE_BY_ONE: Final[MutableMapping[str, asyncio.Lock]] = WeakValueDictionary()
"""The mailboxes that a question is being written for in this process."""
_ALONE: Final = text("select pg_advisory_xact_lock(hashtextextended('qa mail ' || :box, 0))")


async def mailed_one_by_one(session: AsyncSession, box: str) -> None:
    """Let nobody else count the mails to a mailbox before this transaction ends."""
    await session.execute(_ALONE, {"box": hashlib.sha256(box.encode()).hexdigest()})


class LostRaceError(Exception):
    """The same question, or a request with the same key, was there first."""


def statement(mails: int) -> str:
    """Write the statement, its columns and their types taken from the mapped table."""
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    types = (f"{name} {_TABLE.columns[name].type.compile(dialect)}" for name in BORN_WITH)
    # who is not mailed now is told by the link alone: no later mail finds a stranger's address either
    kept = "case when mailed or owner is not null then {} end"
    values = (kept.format(name) if name.startswith(_MAILED) else name for name in BORN_WITH)
    return _WRITE.format(
        types=", ".join(types), columns=", ".join(BORN_WITH), values=", ".join(values), mails=mails
    )


FIRST_MAILS: Final = 3
"""First mails a day to an address without an account."""
_STATEMENT: Final = statement(FIRST_MAILS)


class Birthplace:
    """Writes new questions: each in a transaction of its own, or in the one of a session."""

    def __init__(self, database: Database, session: AsyncSession | None = None) -> None:
        self._database, self._session = database, session

    @property
    def ring(self) -> Ring | None:
        """The keys that seal who asked."""
        return self._database.ring

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """Open a session that reads why nothing was written; what a given one began is taken back."""
        if self._session is not None:
            await self._session.rollback()
            yield self._session
            return
        async with self._database.sessions() as session:
            yield session

    async def write(self, birth: Birth, carry: Carry | None = None) -> str | None:
        """Write a question with its clock, history and fact; return its number, None when it may not be asked.

        Raises: LostRaceError.
        """
        told = birth.as_json(self.ring, carry, line=self._session is None)
        try:
            if self._session is not None:
                return await self._within(self._session, told, birth.mailbox)
            pool = await self._database.pool()
            async with self._alone(birth.mailbox):
                number: str | None = await pool.fetchval(_STATEMENT, told)
        except (UniqueViolationError, IntegrityError) as error:
            raise LostRaceError from error
        if number is not None:
            was_carried()
            self._database.committed.set()
        return number

    @asynccontextmanager
    async def _alone(self, box: str | None) -> AsyncIterator[None]:
        """Let questions of one mailbox wait for each other, so that each counts the mails of those before."""
        if box is None:
            yield
            return
        async with _ONE_BY_ONE.setdefault(box, asyncio.Lock()):
            yield

    async def _within(self, session: AsyncSession, told: str, box: str | None) -> str | None:
        connection = await session.connection()
        if box is not None:
            await mailed_one_by_one(session, box)
        number: str | None = (await connection.exec_driver_sql(_STATEMENT, (told,))).scalar()
        session.info["announce"] = "database" in session.info
        return number
