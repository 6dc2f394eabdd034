"""Remember from when on a procedure takes no dossiers."""

from datetime import date

from common.copies import keep_newest
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import ProcedureClosure


async def close_procedure(session: AsyncSession, code: str, closed_from: date, version: int) -> None:
    """Write the closing date down unless something newer is known already."""
    told = {"code": code, "closed_from": closed_from}
    await keep_newest(session, ProcedureClosure, told, version=version)
