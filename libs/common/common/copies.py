"""Local copies of what neighbours announce: the newest version is kept, whatever order the facts come in."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Literal, TypeVar, cast

from sqlalchemy import Row, Table, TextualSelect, bindparam, column, func, inspect, make_url, select, text
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncSession

from common.database import Base

B = TypeVar("B", bound=Base)
_PLAIN = make_url("postgresql://").get_dialect()()


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


async def keep_newest_of(session: AsyncSession, copy: type[B], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write many facts as `keep_newest` does, in one statement; all hold the same columns, `version` among them.

    No key may stand there twice.
    """
    await put(session, copy, rows, there="older")


There = Literal["never", "stays", "older", "replaced"]
"""What becomes of a row whose key is there: it cannot be, it stays, it goes when it is older, it always goes."""


async def put(
    session: AsyncSession, table: type[Base], rows: Sequence[Mapping[str, Any]], *, there: There = "never"
) -> Sequence[Row[Any]]:
    """Insert many rows with one statement of one parameter; return the keys of those that were written.

    All rows hold the same columns; those they do not name get the database's defaults in a new row and stay in one
    that is replaced.
    """
    if not rows:
        return ()
    written = await session.execute(_putting(table, tuple(rows[0]), there), {"rows": list(rows)})
    return written.all()


@cache
def _putting(table: type[Base], names: tuple[str, ...], there: There) -> TextualSelect:
    """Return the statement as text, built once: inserts that judge conflicts would be compiled at every execution."""
    rows = cast(Table, table.__table__)
    key = [one.name for one in rows.primary_key]
    given = func.jsonb_to_recordset(text(r"\:rows")).table_valued(
        *(column(name, rows.c[name].type) for name in names), name="given"
    )
    whole = select(given.render_derived(with_types=True))
    statement = insert(rows).from_select(names, whole, include_defaults=False)
    if there == "stays":
        statement = statement.on_conflict_do_nothing()
    elif there != "never":
        newest = {name: statement.excluded[name] for name in names if name not in key}
        older = rows.c.version < statement.excluded.version if there == "older" else None
        statement = statement.on_conflict_do_update(index_elements=key, set_=newest, where=older)
    written = str(statement.returning(*rows.primary_key).compile(dialect=_PLAIN))
    return text(written).bindparams(bindparam("rows", type_=JSONB)).columns(*rows.primary_key)
