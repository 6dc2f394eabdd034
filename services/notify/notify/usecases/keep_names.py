"""Keep the names, papers and fees that notices mention."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from notify.domain.wording import Fee, Paper
from notify.models import Agency, Procedure


@dataclass(frozen=True)
class ProcedureCopy:
    """What notify keeps of a published procedure version."""

    code: str
    version: int
    name: str
    name_en: str | None
    papers: tuple[Paper, ...]
    fees: tuple[Fee, ...]


async def keep_procedure(session: AsyncSession, copy: ProcedureCopy) -> None:
    """Add a version beside the older ones."""
    if await session.get(Procedure, (copy.code, copy.version)) is not None:
        return
    papers, fees = [asdict(paper) for paper in copy.papers], [asdict(fee) for fee in copy.fees]
    row = Procedure(code=copy.code, version=copy.version, name=copy.name, name_en=copy.name_en)
    row.papers, row.fees = papers, fees
    session.add(row)
    await session.flush()


async def keep_agency(
    session: AsyncSession,
    code: str,
    version: int,
    *,
    name: str,
    name_en: str | None,
    desk: dict[str, Any] | None,
) -> None:
    """Write the newest name and desk of an agency; an older fact changes nothing."""
    row = await session.get(Agency, code, with_for_update=True)
    if row is None:
        row = Agency(code=code, version=0)
        session.add(row)
    if version > row.version:
        row.version, row.name, row.name_en, row.desk = version, name, name_en, desk
        await session.flush()
