"""What leaders and operators are told."""

from collections.abc import Sequence

from common.security import Caller
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import MalwareReport


async def malware_reports(session: AsyncSession, caller: Caller, limit: int = 200) -> Sequence[MalwareReport]:
    """Return infected uploads, newest first; an operator sees all agencies, a head the own one.

    Source: NB Đ.24.4; BD Đ.4.4; HN Đ.6.4; R-SEC-05
    """
    statement = select(MalwareReport).order_by(MalwareReport.found_at.desc()).limit(limit)
    if "operator" not in caller.roles:
        statement = statement.where(MalwareReport.agency == caller.agency)
    return (await session.scalars(statement)).all()
