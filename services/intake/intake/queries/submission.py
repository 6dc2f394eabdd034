"""The reads and the one write of the hot path: what is submitted, what was answered before, the dossiers."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypedDict

import asyncpg
import orjson
from common.database import Database
from common.gathering import Gathering

# Stands for the dossier code in JSON that is written before the code is known; nothing a user types gets there.
CODE: Final = "@@CODE@@"

# The lateral join asks draft after draft by its key: a plan made while the table was small would read all of it.
_DRAFTS = """
select asked.place, d.* from unnest($1::uuid[], $2::text[]) with ordinality as asked(id, owner_id, place)
cross join lateral (
  select procedure_code, procedure_version, agency, case_id, answers, result_channel, result_address, version,
    submitted_code, (
      select coalesce(jsonb_agg(jsonb_build_array(component_id, source)), '[]') from attachment
      where draft_id = draft.id and replaced_at is null and scan <> 'infected') as files
  from draft where draft.id = asked.id and draft.owner_id = asked.owner_id
  offset 0
) d
"""

# Errors of one submission; those that came with it are written without it.
_OWN_FAULT: Final = (
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.DeadlockDetectedError,
)

_FIRST_ANSWER = "select request_hash, status, body from idempotency_key where scope = $1 and key = $2"

# One statement, one commit, for all submissions of the moment. `granted` asks what may have changed since the form
# was opened; a submission without a row from it writes nothing. Serials are taken in the order of the agencies, so
# that two trips never wait for each other. Submitting raises a draft's version, so an old version is a draft changed
# or submitted since. A repeated key breaks the primary key and takes everything back with it.
_WRITE = """
with asked as (
  select * from rows from (jsonb_to_recordset($1::jsonb) as (
    agency text, day date, procedure_code text, procedure_version int, code_head text, code_tail text,
    key_scope text, key text, content_hash text, answer text, draft_id uuid, draft_version int, owner_id text,
    applicant_name text, applicant jsonb, email text, phone text, search_key text, submitted_at timestamptz,
    from_vault bool, field text, case_id text, service_level text, answers jsonb, declaration_version text,
    result_channel text, result_address text, check_due_at timestamptz, document_id uuid,
    event_id uuid, event_type text, routing_key text, envelope text
  )) with ordinality
), granted as (
  select * from asked
  where (
      select desk is not null and coalesce(valid_from, day) <= day and coalesce(valid_to > day, true)
      from agency where code = asked.agency)
    and not exists (select from procedure_closure c where c.code = asked.procedure_code and c.closed_from <= day)
    and procedure_version = (
      select max(v.version) from procedure_version v
      where v.code = asked.procedure_code and v.effective_from <= day and coalesce(v.effective_to, day) >= day)
    and (draft_id is null or draft_version = (select d.version from draft d where d.id = asked.draft_id))
), serial as (
  insert into daily_serial as old (agency, day, last)
  select agency, day::text, count(*) from granted group by agency, day order by agency, day
  on conflict (agency, day) do update set last = old.last + excluded.last
  returning agency, day, last
), numbered as (
  select granted.*, last + 1 - row_number() over (
    partition by granted.agency, granted.day order by ordinality desc) as number
  from granted join serial on serial.agency = granted.agency and serial.day = granted.day::text
), coded as (
  select *, code_head || case when number < 10000 then lpad(number::text, 4, '0') else number::text end || code_tail
    as code
  from numbered
), answered as (
  insert into idempotency_key (scope, key, request_hash, status, body)
  select key_scope, key, content_hash, 201, replace(answer, '@@CODE@@', code)::jsonb from coded
), dossier_row as (
  insert into dossier (
    code, version, state, draft_id, owner_id, submitter_id, applicant_name, applicant, email, phone, search_key,
    channel, place_of_help, receiving_point, competent_agency, received_at, competent_received_at,
    verified_identity, digitised, reused, from_vault, paid_online, procedure_code, procedure_version, field,
    case_id, service_level, answers, declaration_version, result_channel, result_address, submitted_at,
    check_started_at, check_due_at, check_overdue, next_due_at, supplement_count, unit_version, updated_at)
  select code, 1, 'submitted', draft_id, owner_id, owner_id, applicant_name, applicant, email, phone,
    search_key || ' ' || lower(code),
    'online', null, agency, agency, submitted_at, submitted_at,
    false, false, from_vault, from_vault, false, procedure_code, procedure_version, field,
    case_id, service_level, answers, declaration_version, result_channel, result_address, submitted_at,
    submitted_at, check_due_at, false, check_due_at, 0, 0, submitted_at
  from coded
), step_row as (
  insert into step (dossier_code, at, action, from_state, to_state, actor_id, actor_kind, agency, unit, reason,
    paper, details)
  select code, submitted_at, 'submit', null, 'submitted', owner_id, 'citizen', null, null, '', '', '{}' from coded
), paper as (
  insert into document (id, dossier_code, kind, number, agency, created_at, content, state, must_sign,
    media_type, signed)
  select document_id, code, 'confirmation', 1, agency, submitted_at, '{}', 'pending', false, 'application/pdf', false
  from coded
), fact as (
  insert into outbox (id, type, routing_key, envelope)
  select event_id, event_type, routing_key, replace(envelope, '@@CODE@@', code)::jsonb from coded
), moved as (
  update attachment set dossier_code = coded.code, draft_id = null from coded where attachment.draft_id = coded.draft_id
), closed as (
  update draft set submitted_code = coded.code, version = version + 1 from coded where draft.id = coded.draft_id
)
select ordinality, code from coded
"""


@dataclass(frozen=True)
class SubmittedDraft:
    """What a draft says at the moment of submission; `files` are (component, source)."""

    procedure_code: str
    procedure_version: int
    agency: str
    case: str | None
    answers: Mapping[str, Any]
    result_channel: str | None
    result_address: str | None
    version: int
    submitted_code: str | None
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FirstAnswer:
    """What a request with the same key was answered."""

    request_hash: str
    status: int | None
    body: str | None


class Numbering(TypedDict):
    """What stands before and after the serial number of a dossier code."""

    code_head: str
    code_tail: str


class Keyed(TypedDict):
    """The key of a request and the digest of what it carried."""

    key_scope: str
    key: str
    content_hash: str


class Announcement(TypedDict):
    """The outbox row that announces it."""

    event_id: uuid.UUID
    event_type: str
    routing_key: str
    envelope: str


class NewDossier(Numbering, Keyed, Announcement):
    """A submission found right, in the words of the statement; `day` is local, instants are UTC."""

    agency: str
    day: date
    procedure_code: str
    procedure_version: int
    answer: str
    draft_id: uuid.UUID | None
    draft_version: int
    owner_id: str
    applicant_name: str
    applicant: Mapping[str, str]
    email: str | None
    phone: str | None
    search_key: str
    submitted_at: datetime
    from_vault: bool
    field: str
    case_id: str | None
    service_level: str
    answers: Mapping[str, Any]
    declaration_version: str
    result_channel: str
    result_address: str | None
    check_due_at: datetime
    document_id: uuid.UUID


class SubmissionBook:
    """Reads drafts and writes dossiers; what comes at the same moment shares one statement and one commit."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._drafts = Gathering(self._read_together)
        self._dossiers = Gathering(self._write_together, divided_by=_OWN_FAULT)

    async def draft(self, draft_id: uuid.UUID, owner_id: str) -> SubmittedDraft | None:
        """Return a draft of the owner with its files, None when there is none."""
        return await self._drafts.send((draft_id, owner_id))

    async def write(self, dossier: NewDossier) -> str | None:
        """Write a dossier with its history, paper and fact; return its code, None when something has changed.

        Raises:
            UniqueViolationError: the same key or the same draft was there first.
        """
        return await self._dossiers.send(orjson.dumps(dossier))

    async def first_answer(self, scope: str, key: str) -> FirstAnswer | None:
        """Return what the first request with this key was answered, None for a new key."""
        pool = await self._database.pool()
        row = await pool.fetchrow(_FIRST_ANSWER, scope, key)
        return FirstAnswer(row["request_hash"], row["status"], row["body"]) if row else None

    async def _read_together(self, asked: Sequence[tuple[uuid.UUID, str]]) -> list[SubmittedDraft | None]:
        pool = await self._database.pool()
        rows = await pool.fetch(_DRAFTS, *zip(*asked, strict=True))
        found = {row["place"]: _draft(row) for row in rows}
        return [found.get(place) for place in range(1, len(asked) + 1)]

    async def _write_together(self, dossiers: Sequence[bytes]) -> list[str | None]:
        pool = await self._database.pool()
        rows = await pool.fetch(_WRITE, f"[{b','.join(dossiers).decode()}]")
        self._database.committed.set()
        codes = dict(rows)
        return [codes.get(place) for place in range(1, len(dossiers) + 1)]


def _draft(row: asyncpg.Record) -> SubmittedDraft:
    return SubmittedDraft(
        row["procedure_code"],
        row["procedure_version"],
        row["agency"],
        row["case_id"],
        orjson.loads(row["answers"]),
        row["result_channel"],
        row["result_address"],
        row["version"],
        row["submitted_code"],
        tuple((part, source) for part, source in orjson.loads(row["files"])),
    )
