"""The reads of the hot path: what a draft says at the moment of submission, what was answered before."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg
import orjson
from common.database import Database
from common.gathering import Gathering
from common.sealing import Ring

from intake.models import Draft

# The lateral join asks draft after draft by its key: a plan made while the table was small would read all of it.
_DRAFTS = """
select asked.place, asked.id, d.* from unnest($1::uuid[], $2::text[]) with ordinality as asked(id, owner_id, place)
cross join lateral (
  select procedure_code, procedure_version, agency, case_id, answers, answers_sealed, result_channel,
    result_address, result_address_sealed, submitter, submitter_sealed, version, submitted_code, (
      select coalesce(jsonb_agg(jsonb_build_array(component_id, source, name) order by uploaded_at, id), '[]')
      from attachment
      where draft_id = draft.id and replaced_at is null and scan <> 'infected') as files
  from draft where draft.id = asked.id and draft.owner_id = asked.owner_id
  offset 0
) d
"""

_ACCOUNT = "select account_id from person_account where person_id = $1"
_FIRST_ANSWER = "select request_hash, status, body from idempotency_key where scope = $1 and key = $2"


@dataclass(frozen=True)
class SubmittedDraft:
    """What a draft says at the moment of submission; `files` are (component, source, name), as they came."""

    procedure_code: str
    procedure_version: int
    agency: str
    case: str | None
    answers: Mapping[str, Any]
    result_channel: str | None
    result_address: str | None
    submitter: Mapping[str, Any]
    version: int
    submitted_code: str | None
    files: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class FirstAnswer:
    """What a request with the same key was answered."""

    request_hash: str
    status: int | None
    body: str | None


class SubmissionReads:
    """Reads drafts; what comes at the same moment shares one trip."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._drafts = Gathering(self._read_together)

    async def draft(self, draft_id: uuid.UUID, owner_id: str) -> SubmittedDraft | None:
        """Return a draft of the owner with its files, None when there is none."""
        return await self._drafts.send((draft_id, owner_id))

    async def account_of(self, person_id: str) -> str | None:
        """Return the account that proved a person's number, None where none did."""
        pool = await self._database.pool()
        account = await pool.fetchval(_ACCOUNT, person_id)
        return None if account is None else str(account)

    async def first_answer(self, scope: str, key: str) -> FirstAnswer | None:
        """Return what the first request with this key was answered, None for a new key."""
        pool = await self._database.pool()
        row = await pool.fetchrow(_FIRST_ANSWER, scope, key)
        return FirstAnswer(row["request_hash"], row["status"], row["body"]) if row else None

    async def _read_together(self, asked: Sequence[tuple[uuid.UUID, str]]) -> list[SubmittedDraft | None]:
        pool = await self._database.pool()
        rows = await pool.fetch(_DRAFTS, *zip(*asked, strict=True))
        found = {row["place"]: _draft(row, self._database.ring) for row in rows}
        return [found.get(place) for place in range(1, len(asked) + 1)]


def _draft(row: asyncpg.Record, ring: Ring | None) -> SubmittedDraft:
    kept, address = f"draft.{row['id']}", row["result_address"]
    return SubmittedDraft(
        row["procedure_code"],
        row["procedure_version"],
        row["agency"],
        row["case_id"],
        Draft.answers.opened(orjson.loads(row["answers"]), row["answers_sealed"], kept, ring),
        row["result_channel"],
        Draft.result_address.opened(address, row["result_address_sealed"], kept, ring),
        Draft.submitter.opened(orjson.loads(row["submitter"]), row["submitter_sealed"], kept, ring),
        row["version"],
        row["submitted_code"],
        tuple((part, source, name) for part, source, name in orjson.loads(row["files"])),
    )
