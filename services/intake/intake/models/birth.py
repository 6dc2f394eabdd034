"""Where a dossier is born: its first row, its first step, its confirmation and its fact, in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypedDict
from uuid import UUID

import asyncpg
import orjson
from audit import carried, was_carried
from common.database import Database
from common.gathering import Gathering
from common.outbox import OutboxRow
from common.sealed import sealed_columns, sealed_values
from common.sealing import Ring
from live import place, tell, thing
from sqlalchemy.dialects import postgresql

from intake.domain.actors import Actor
from intake.domain.life_cycle import Action, next_state
from intake.models.desk import Document
from intake.models.dossier import Dossier
from intake.models.facts import dossier_seal

# Stands for the dossier code in what is written before the code is known; nothing a user types gets there.
CODE: Final = "@@CODE@@"

# Errors of one dossier; those that came with it are written without it.
_OWN_FAULT: Final = (
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.DeadlockDetectedError,
)


class Filed(TypedDict):
    """What differs from one new dossier to the next, in the words of its row."""

    draft_id: UUID | None
    owner_id: str
    submitter_id: str
    applicant_name: str
    applicant: Mapping[str, str]
    submitter: Mapping[str, Any]
    email: str | None
    phone: str | None
    search_key: str
    event_key: str | None
    channel: str
    entry: Mapping[str, Any] | None
    place_of_help: str | None
    late_entry: bool
    late_form: str | None
    received_at: datetime
    receiving_point: str
    competent_agency: str
    reused: bool
    from_vault: bool
    procedure_code: str
    procedure_version: int
    field: str
    case_id: str | None
    service_level: str
    answers: Mapping[str, Any]
    declaration_version: str
    result_channel: str
    result_address: str | None
    check_due_at: datetime
    check_ledger: Mapping[str, Any]


def first_row(filed: Filed, by: Actor, at: datetime) -> dict[str, Any]:
    """Return the row of a dossier that `by` hands in at an instant, in the state the life cycle names.

    What was received on paper during an outage has the real time of receipt; the check begins when it is written down.

    Source: requirements §D.1; R-SUB-14, R-INT-04
    """
    same = dict.fromkeys(("received_at", "competent_received_at", "submitted_at"), filed["received_at"])
    return {
        **_UNTOLD,
        **filed,
        **same,
        "code": CODE,
        "version": 1,
        "state": next_state(None, Action.SUBMIT),
        "check_started_at": at,
        "next_due_at": filed["check_due_at"],
        "updated_at": at,
    }


_TABLE: Final = Dossier.__table__
_UNTOLD: Final = {
    column.name: column.default.arg
    for column in _TABLE.columns
    if column.default is not None and column.default.is_scalar
}
_SEALED: Final = {one.sealed for one in sealed_values(Dossier)}
BORN_WITH: Final = tuple(
    column.name
    for column in _TABLE.columns
    if column.name != "code"
    and (not column.nullable or column.name in {*Filed.__annotations__, *_SEALED, "competent_received_at"})
)
"""The columns a dossier has from its first instant; the code comes from the statement."""


@dataclass(frozen=True)
class Birth:
    """A dossier about to be written: its row, who hands it in, its confirmation, its fact, and the request.

    `code_parts` stand around the serial number, `day` is local, `paper_kind` names what is printed,
    `answer` is what the request is answered with,
    `request` is (scope, key, digest of the content); `draft_version` is the version of the draft that was read.
    """

    row: Mapping[str, Any]
    by: Actor
    day: date
    code_parts: tuple[str, str]
    paper_id: UUID
    paper_kind: str
    paper: Mapping[str, Any]
    fact: OutboxRow
    request: tuple[str, str, str]
    answer: str
    draft_version: int = 0

    def as_json(self, ring: Ring | None) -> bytes:
        """Return the record that the statement reads, with what says who somebody is sealed."""
        (head, tail), (scope, key, content), by = self.code_parts, self.request, self.by
        row = sealed_columns(
            Dossier, self.row, dossier_seal(self.row["submitter_id"], self.row["submitted_at"]), ring
        )
        paper = sealed_columns(Document, {"content": self.paper}, f"document.{self.paper_id}", ring)
        return orjson.dumps(
            {
                **row,
                "day": self.day,
                "code_head": head,
                "code_tail": tail,
                "draft_version": self.draft_version,
                "key_scope": scope,
                "key": key,
                "content_hash": content,
                "answer": self.answer,
                "action": Action.SUBMIT,
                "actor_id": by.id,
                "actor_kind": by.kind,
                "actor_agency": by.agency,
                "actor_unit": by.unit,
                "paper_id": self.paper_id,
                "paper_kind": self.paper_kind,
                "paper": paper["content"],
                "paper_sealed": paper["content_sealed"],
                "event_id": self.fact.id,
                "event_type": self.fact.type,
                "routing_key": self.fact.routing_key,
                "envelope": self.fact.envelope_json,
                "line": carried(),
            }
        )


# One statement, one commit, for all dossiers of the moment. `granted` asks what may have changed since the form
# was opened; a dossier without a row from it writes nothing. Serials are taken in the order of the agencies, so
# that two trips never wait for each other. Submitting raises a draft's version, so an old version is a draft changed
# or submitted since. A repeated key breaks the primary key and takes everything back with it.
_WRITE: Final = """
with asked as (
  select * from rows from (jsonb_to_recordset($1::jsonb) as ({types},
    day date, code_head text, code_tail text, draft_version int, key_scope text, key text, content_hash text,
    answer text, action text, actor_id text, actor_kind text, actor_agency text, actor_unit text,
    paper_id uuid, paper_kind text, paper jsonb, paper_sealed text,
    event_id uuid, event_type text, routing_key text, envelope text, line jsonb
  )) with ordinality
), granted as (
  select * from asked
  where (
      select desk is not null and coalesce(valid_from, day) <= day and coalesce(valid_to > day, true)
      from agency a where a.code = asked.receiving_point)
    and not exists (select from procedure_closure c where c.code = asked.procedure_code and c.closed_from <= day)
    and procedure_version = (
      select max(v.version) from procedure_version v
      where v.code = asked.procedure_code and v.effective_from <= day and coalesce(v.effective_to, day) >= day)
    and (draft_id is null or draft_version = (select d.version from draft d where d.id = asked.draft_id))
), serial as (
  insert into daily_serial as old (agency, day, last)
  select receiving_point, day::text, count(*) from granted
  group by receiving_point, day order by receiving_point, day
  on conflict (agency, day) do update set last = old.last + excluded.last
  returning agency, day, last
), numbered as (
  select granted.*, last + 1 - row_number() over (
    partition by receiving_point, granted.day order by ordinality desc) as number
  from granted join serial on serial.agency = receiving_point and serial.day = granted.day::text
), coded as (
  select *, code_head || case when number < 10000 then lpad(number::text, 4, '0') else number::text end || code_tail
    as code
  from numbered
), answered as (
  insert into idempotency_key (scope, key, request_hash, status, body)
  select key_scope, key, content_hash, 201, replace(answer, '{mark}', code)::jsonb from coded
), dossier_row as (
  insert into dossier (code, {columns}) select code, {columns} from coded
), step_row as (
  insert into step (dossier_code, at, action, from_state, to_state, actor_id, actor_kind, agency, unit, reason,
    paper, details)
  select code, updated_at, action, null, state, actor_id, actor_kind, actor_agency, actor_unit, '', '', '{{}}'
  from coded
), paper_row as (
  insert into document (id, dossier_code, kind, number, agency, created_at, content, content_sealed, state,
    must_sign, media_type, signed)
  select paper_id, code, paper_kind, 1, receiving_point, updated_at, paper, paper_sealed, 'pending',
    false, 'application/pdf', false
  from coded
), fact as (
  insert into outbox (id, type, routing_key, envelope)
  select event_id, event_type, routing_key, replace(envelope, '{mark}', code)::jsonb from coded
), written_down as (
  insert into audit_line (actor, kind, roles, agency, unit, deed, route, subject, details, address, agent)
  select actor_id, actor_kind, line ->> 'roles', coalesce(actor_agency, ''), coalesce(actor_unit, ''), 'change',
    line ->> 'route', code, line ->> 'details', line ->> 'address', line ->> 'agent'
  from coded
), moved as (
  update attachment set dossier_code = coded.code, draft_id = null from coded where attachment.draft_id = coded.draft_id
), closed as (
  update draft set submitted_code = coded.code, version = draft.version + 1 from coded where draft.id = coded.draft_id
)
select ordinality, code from coded
"""


def statement() -> str:
    """Write the statement, its columns and their types taken from the mapped table."""
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    types = (f"{name} {_TABLE.columns[name].type.compile(dialect)}" for name in BORN_WITH)
    return _WRITE.format(types=", ".join(types), columns=", ".join(BORN_WITH), mark=CODE)


class Birthplace:
    """Writes new dossiers; what comes at the same moment shares one statement and one commit."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._statement = statement()
        self._births = Gathering(self._write_together, divided_by=_OWN_FAULT)

    async def write(self, birth: Birth) -> str | None:
        """Write a dossier with its history, paper and fact; return its code, None when something has changed.

        Raises:
            UniqueViolationError: the same key or the same draft was there first.
        """
        code = await self._births.send(birth.as_json(self._database.ring))
        if code is not None:
            was_carried()
            tell(self._database, thing(code), place(birth.row["receiving_point"]))
        return code

    async def _write_together(self, births: Sequence[bytes]) -> list[str | None]:
        pool = await self._database.pool()
        rows = await pool.fetch(self._statement, f"[{b','.join(births).decode()}]")
        self._database.committed.set()
        codes = dict(rows)
        return [codes.get(place) for place in range(1, len(births) + 1)]
