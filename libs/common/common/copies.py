"""Local copies of what neighbours announce: the newest version is kept, whatever order the facts come in."""

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import inspect
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from common.database import Base

B = TypeVar("B", bound=Base)


async def keep_newest(
    session: AsyncSession,
    copy: type[B],
    values: Mapping[str, Any],
    *,
    version: int,
    first: Mapping[str, Any] | None = None,
) -> B | None:
    """Write a neighbour's fact into its local copy unless the copy is as new; return the row that was written.

    `values` hold the key and the columns the fact speaks of: others stay as they are. `first` fills columns of a new
    row only. The copy's own column `version` holds the version of the aggregate it was last told of.
    """
    key = [column.name for column in inspect(copy).primary_key]
    told = {**values, "version": version}
    statement = insert(copy).values(**told, **(first or {}))
    newest = {name: statement.excluded[name] for name in told if name not in key}
    newer = statement.on_conflict_do_update(
        index_elements=key, set_=newest, where=copy.__table__.c.version < statement.excluded.version
    )
    written = await session.scalars(newer.returning(copy), execution_options={"populate_existing": True})
    return written.one_or_none()
