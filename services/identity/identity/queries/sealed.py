"""Reads of what stands sealed, under which key, and of what still stands in clear."""

from collections import Counter
from typing import Any, Final

from common.sealing import sealed_values
from sqlalchemy import func, inspect, select
from sqlalchemy.ext.asyncio import AsyncSession

from identity.models import Account, AccountChange, Challenge

KINDS: Final[tuple[type[Any], ...]] = (Account, AccountChange, Challenge)
CLEAR: Final = ""


async def values_by_key(session: AsyncSession) -> Counter[str]:
    """Count values by the key they are sealed with; what nobody sealed yet counts under the empty one."""
    found: Counter[str] = Counter()
    for kind in KINDS:
        columns = inspect(kind).columns
        for one in sealed_values(kind):
            key = func.split_part(columns[one.sealed], ".", 1)
            rows = select(key, func.count()).where(columns[one.sealed].is_not(None)).group_by(key)
            found.update({str(name): int(count) for name, count in await session.execute(rows)})
            plain = columns[one.plain]
            clear = plain.is_not(None) if one.empty is None else plain != one.empty
            found[CLEAR] += await session.scalar(select(func.count()).select_from(kind).where(clear)) or 0
    return found
