"""Keep what notices mention, in its newest version: agencies, officers, procedures, and whose dossier it is."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from common.copies import keep_newest, keep_newest_of
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from notify.models import Absence, Agency, Dossier, Hold, Officer, Procedure


async def keep_agency(session: AsyncSession, told: Mapping[str, Any], version: int) -> None:
    """Write name and desk of an agency; `told` holds the columns."""
    await keep_newest(session, Agency, told, version=version)


async def keep_officer(session: AsyncSession, told: Mapping[str, Any], version: int) -> None:
    """Write who an officer is and to which agency he belongs; `told` holds the columns."""
    await keep_newest(session, Officer, told, version=version)


async def note_standing(
    session: AsyncSession, *, overdue: Mapping[str, datetime], settled: Mapping[str, datetime]
) -> None:
    """Write down, by code and since when, which dossiers handling said are overdue, and which are decided."""
    for column, told in ((Dossier.overdue_at, overdue), (Dossier.settled_at, settled)):
        for code, at in told.items():
            await session.execute(update(Dossier).where(Dossier.code == code).values({column: at}))


async def keep_absence(session: AsyncSession, told: Mapping[str, Any], version: int) -> None:
    """Write who is away and who stands in; `told` holds the columns."""
    await keep_newest(session, Absence, told, version=version)


async def keep_hold(session: AsyncSession, told: Mapping[str, Any], version: int) -> None:
    """Write whether a decision keeps somebody or something; `told` holds the columns."""
    await keep_newest(session, Hold, told, version=version)


async def keep_procedure(session: AsyncSession, told: Mapping[str, Any], version: int) -> None:
    """Add a published version beside the older ones; one that is there already stays as it is."""
    await keep_newest(session, Procedure, told, version=version)


async def keep_dossiers(session: AsyncSession, told: Sequence[Mapping[str, Any]]) -> None:
    """Write the columns that facts about different dossiers speak of; a known due time stays when a fact has none."""
    for columns in sorted({tuple(one) for one in told}):
        await keep_newest_of(session, Dossier, [one for one in told if tuple(one) == columns])
