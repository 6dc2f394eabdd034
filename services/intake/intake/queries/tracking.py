"""What anybody may know about a dossier who holds its code."""

from typing import Final, NamedTuple

import asyncpg
import orjson
from common.database import Database

from intake.models import Dossier
from intake.models.facts import dossier_seal

_PUBLIC: Final = """
select d.code, d.state, d.applicant_name, d.check_due_at, d.due_at, d.due_sentence, d.extended_until,
       d.step_no, d.step_count, d.step_name, d.step_name_en, d.updated_at,
       p.name, p.name_en, a.name as agency, a.name_en as agency_en
from dossier d
join procedure_version p on p.code = d.procedure_code and p.version = d.procedure_version
left join agency a on a.code = d.receiving_point
where d.code = $1
"""
_ANSWER: Final = """
select submitter_id, submitted_at, phone, phone_sealed, applicant, applicant_sealed from dossier
where code = $1
"""
_PAPER: Final = """
select d.sha256, d.kind, d.dossier_code, d.agency, d.signer, a.name as agency_name, d.revoked_at, d.revoked_by,
       case when s.kind = d.kind then d.successor end as replaced_by
from document d
left join agency a on a.code = d.agency
left join document s on s.verification_code = d.successor
where d.verification_code = $1 and d.state <> 'pending'
"""


async def public_state(pool: asyncpg.Pool, code: str) -> asyncpg.Record | None:
    """Return the public columns of a dossier, None when there is none."""
    return await pool.fetchrow(_PUBLIC, code)


class Known(NamedTuple):
    """What only the applicant of a dossier knows."""

    phone: str | None
    number: str | None


async def answer_of(database: Database, code: str) -> Known | None:
    """Return telephone and identity number of the applicant of a dossier, None when there is none."""
    row = await (await database.pool()).fetchrow(_ANSWER, code)
    if row is None:
        return None
    kept, ring, plain = (
        dossier_seal(row["submitter_id"], row["submitted_at"]),
        database.ring,
        row["applicant"],
    )
    phone = Dossier.phone.opened(row["phone"], row["phone_sealed"], kept, ring)
    applicant = Dossier.applicant.opened(orjson.loads(plain), row["applicant_sealed"], kept, ring)
    return Known(phone or applicant.get("phone"), applicant.get("id_number"))


async def paper_of(pool: asyncpg.Pool, verification_code: str) -> asyncpg.Record | None:
    """Return the paper that carries a verification code, None when there is none."""
    return await pool.fetchrow(_PAPER, verification_code)
