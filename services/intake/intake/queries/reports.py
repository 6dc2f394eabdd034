"""What leaders and operators are told."""

from collections.abc import Sequence

from common.conditions import matching
from common.security import Caller
from regulation.roles import Right, view
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import MalwareReport


async def malware_reports(session: AsyncSession, caller: Caller, limit: int = 200) -> Sequence[MalwareReport]:
    """Return infected uploads, newest first; an operator sees all agencies, a head the own one.

    Source: NB Đ.24.4; BD Đ.4.4; HN Đ.6.4; R-SEC-05
    """
    statement = select(MalwareReport).order_by(MalwareReport.found_at.desc()).limit(limit)
    seen = view(Right.READ_MALWARE, caller).alternatives()
    return (await session.scalars(statement.where(matching(seen, agency=MalwareReport.agency)))).all()
