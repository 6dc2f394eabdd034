"""Remember from when on a procedure takes no dossiers."""

from datetime import date

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import ProcedureClosure


async def close_procedure(session: AsyncSession, code: str, closed_from: date, version: int) -> None:
    """Write the closing date down unless something newer is known already."""
    statement = insert(ProcedureClosure).values(code=code, closed_from=closed_from, seen_version=version)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["code"],
            set_={"closed_from": closed_from, "seen_version": version},
            where=ProcedureClosure.seen_version < version,
        )
    )
