"""The people behind the dossiers within an officer's reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from common.security import Caller
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import load_only

from intake.domain.people import Person, person_of
from intake.domain.search import Sought
from intake.models import Dossier
from intake.queries.desk import Wish
from intake.queries.desk_search import search_desk

MOST = 50
"""How many dossiers are looked through for people, the newest first."""

_SHOWN: Final = (
    Dossier.code,
    Dossier.state,
    Dossier.submitted_at,
    Dossier.submitter_id,
    Dossier.applicant_name,
    Dossier.plain_applicant,
    Dossier.applicant_sealed,
    Dossier.plain_email,
    Dossier.email_sealed,
    Dossier.plain_phone,
    Dossier.phone_sealed,
)  # who applied; answers and ledgers of fifty dossiers would cost more than the search itself


@dataclass(frozen=True)
class Known:
    """Somebody known from dossiers: the newest of them, in which state it is, and how many were found."""

    person: Person
    code: str
    state: str
    submitted_at: datetime
    count: int


async def people_found(
    session: AsyncSession, caller: Caller, sought: Sought, wish: Wish, now: datetime
) -> Sequence[Known]:
    """Return who applied and is meant by the words, each once, the newest first, in whatever state a dossier is.

    Source: QT Đ.18.1.c; TN Đ.12.1; R-TRK-04, R-TRK-11
    """
    page = await search_desk(session, caller, sought, wish, now=now, limit=MOST)
    codes = [row.code for row in page.items]
    asked = select(Dossier).where(Dossier.code.in_(codes)).options(load_only(*_SHOWN, raiseload=True))
    dossiers = {one.code: one for one in await session.scalars(asked)}
    found: dict[str, Known] = {}
    for dossier in (dossiers[code] for code in codes if code in dossiers):
        person = person_of({**dossier.reached, "name": dossier.applicant_name})
        by_code = bool(sought.code) and sought.code in dossier.code
        if not by_code and not person.is_meant(sought.words):
            continue
        first = found.get(person.key)
        if first is None:
            newest = (dossier.code, dossier.state, dossier.submitted_at)
            found[person.key] = Known(person, *newest, 1)
        else:
            found[person.key] = Known(
                first.person, first.code, first.state, first.submitted_at, first.count + 1
            )
    return tuple(found.values())
