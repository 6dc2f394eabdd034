"""Which dossiers name a person: for inspectors who ask the access log about one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from common.sealing import ring_of
from common.security import Caller
from regulation.roles import Role
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.search import Sought, read_query
from intake.models.marks import hiding
from intake.queries.desk import Wish
from intake.queries.desk_search import search_desk

_EVERY_DESK: Final = Caller(
    subject="",
    kind="officer",
    roles=frozenset({Role.AUDITOR}),
    agency=None,
    unit=None,
    scope="province",
    token_id="",
)
"""Dossiers of every desk are found: what an inspector may see is narrowed by the lines, not by the dossiers."""


async def dossiers_naming(
    session: AsyncSession, person: str, *, known: Sequence[str] = (), now: datetime, limit: int
) -> Sequence[str]:
    """Return the codes of dossiers with all words of a name, or a number or address, the newest first.

    Source: R-SEC-22; R-TRK-11
    """
    read = read_query(person, hiding(ring_of(session)))
    sought = Sought("", read.words, read.marked)  # a number is nobody's code
    found = await search_desk(session, _EVERY_DESK, sought, Wish(), now=now, limit=limit)
    return [row.code for row in found.items]
