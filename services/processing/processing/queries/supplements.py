"""What was found missing in dossiers, and who at a desk can ask for it."""

from collections.abc import Sequence

from regulation.roles import Right, who_may
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from processing.models import Officer, Supplement


async def of_dossier(session: AsyncSession, code: str) -> Sequence[Supplement]:
    """Return what was drafted, oldest first."""
    drafted = select(Supplement).where(Supplement.dossier_code == code).order_by(Supplement.number)
    return (await session.scalars(drafted)).all()


async def askers(session: AsyncSession, desk: str) -> list[str]:
    """Name the officers of a desk who check dossiers there, and so send what was drafted."""
    able = or_(*(Officer.roles.contains([role]) for role in sorted(who_may(Right.CHECK_DOSSIER))))
    found = select(Officer.id).where(Officer.agency == desk, Officer.active, able).order_by(Officer.id)
    return list(await session.scalars(found))
