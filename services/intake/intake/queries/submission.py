"""The two reads and the one write of the hot path: what is submitted, what was answered before, the dossier."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import asyncpg
import orjson

# Stands for the dossier code in JSON that is written before the code is known; nothing a user types gets there.
CODE: Final = "@@CODE@@"

_DRAFT = """
select d.owner_id, d.procedure_code, d.procedure_version, d.agency, d.case_id, d.answers, d.result_channel,
       d.result_address, d.version, d.submitted_code,
       (select coalesce(jsonb_agg(jsonb_build_array(a.component_id, a.source)), '[]') from attachment a
         where a.draft_id = d.id and a.replaced_at is null and a.scan <> 'infected') as files
from draft d where d.id = $1 and d.owner_id = $2
"""

_FIRST_ANSWER = "select request_hash, status, body from idempotency_key where scope = $1 and key = $2"

# One statement, one commit. The guard asks what may have changed since the form was opened; no row from it means
# nothing is written. A repeated key breaks the primary key and takes the serial number back with it.
_INSERT = """
with guard as (
  select 1 from agency a
  where a.code = $1 and a.desk is not null
    and coalesce(a.valid_from, $2::date) <= $2 and coalesce(a.valid_to > $2, true)
    and not exists (select from procedure_closure where code = $3 and closed_from <= $2)
    and $4 = (select max(version) from procedure_version
              where code = $3 and effective_from <= $2 and coalesce(effective_to, $2) >= $2)
    {guard}
), serial as (
  insert into daily_serial (agency, day, last) select $1, $5, 1 from guard
  on conflict (agency, day) do update set last = daily_serial.last + 1
  returning last
), coded as (
  select $6 || case when last < 10000 then lpad(last::text, 4, '0') else last::text end || $7 as code
  from serial
), answered as (
  insert into idempotency_key (scope, key, request_hash, status, body)
  select $8, $9, $10, 201, replace($11, '@@CODE@@', code)::jsonb from coded
), dossier_row as (
  insert into dossier (
    code, version, state, draft_id, owner_id, submitter_id, applicant_name, applicant, email, phone, search_key,
    channel, place_of_help, receiving_point, competent_agency, received_at, competent_received_at,
    verified_identity, digitised, reused, from_vault, paid_online, procedure_code, procedure_version, field,
    case_id, service_level, answers, declaration_version, result_channel, result_address, submitted_at,
    check_started_at, check_due_at, check_overdue, next_due_at, supplement_count,
    unit_version, updated_at)
  select code, 1, 'submitted', $12::uuid, $13, $13, $14, $15::jsonb, $16, $17, $18 || ' ' || lower(code),
    'online', null, $1, $1, $19, $19,
    false, false, $20, $20, false, $3, $4, $21,
    $22, $23, $24::jsonb, $25, $26, $27, $19,
    $19, $28, false, $28, 0, 0, $19
  from coded
), step_row as (
  insert into step (dossier_code, at, action, from_state, to_state, actor_id, actor_kind, agency, unit, reason,
    paper, details)
  select code, $19, 'submit', null, 'submitted', $13, 'citizen', null, null, '', '', '{{}}' from coded
), paper as (
  insert into document (id, dossier_code, kind, number, agency, created_at, content, state, must_sign,
    media_type, signed)
  select $29, code, 'confirmation', 1, $1, $19, '{{}}', 'pending', false, 'application/pdf', false from coded
), fact as (
  insert into outbox (id, type, routing_key, envelope)
  select $30, $31, $32, replace($33, '@@CODE@@', code)::jsonb from coded
){more}
select code from coded
"""

INSERT: Final = _INSERT.format(guard="", more="")
INSERT_FROM_DRAFT: Final = _INSERT.format(
    guard="and exists (select from draft where id = $12 and version = $34 and submitted_code is null)",
    more=""", moved as (
  update attachment set dossier_code = coded.code, draft_id = null from coded where draft_id = $12
), closed as (
  update draft set submitted_code = coded.code, version = version + 1 from coded where id = $12
)""",
)


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


async def draft_to_submit(pool: asyncpg.Pool, draft_id: uuid.UUID, owner_id: str) -> SubmittedDraft | None:
    """Return a draft of the owner with its files, None when there is none."""
    row = await pool.fetchrow(_DRAFT, draft_id, owner_id)
    if row is None:
        return None
    return SubmittedDraft(
        row["procedure_code"], row["procedure_version"], row["agency"], row["case_id"],
        orjson.loads(row["answers"]), row["result_channel"], row["result_address"], row["version"],
        row["submitted_code"], tuple((part, source) for part, source in orjson.loads(row["files"])),
    )  # fmt: skip


async def first_answer(pool: asyncpg.Pool, scope: str, key: str) -> FirstAnswer | None:
    """Return what the first request with this key was answered, None for a new key."""
    row = await pool.fetchrow(_FIRST_ANSWER, scope, key)
    return FirstAnswer(row["request_hash"], row["status"], row["body"]) if row else None
