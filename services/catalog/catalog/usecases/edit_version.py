"""Edit a draft version; every edit is kept with author and old and new value."""

from datetime import datetime
from fractions import Fraction

from sqlalchemy.ext.asyncio import AsyncSession

from catalog import queries
from catalog.domain.completeness import check_process
from catalog.domain.content import Content
from catalog.domain.editors import Editor
from catalog.models import EditEntry, ProcedureVersion


async def edit_version(
    session: AsyncSession,
    code: str,
    number: int,
    content: Content,
    *,
    seen: int,
    by: Editor,
    now: datetime,
    day_hours: Fraction,
) -> ProcedureVersion:
    """Replace what a draft says; `seen` is the row version the editor saw.

    Raises: VersionNotEditableError, StaleVersionError, ProcessTooLongError, UnknownProcedureError.
    Source: TN Đ.7.1; R-CAT-17; R-PRC-02
    """
    draft = await queries.version(session, code, number)
    draft.expect(seen)
    check_process(content, day_hours)
    old = draft.content
    draft.write(content)
    changed = {key for key in draft.content if draft.content[key] != old.get(key)}
    session.add(
        EditEntry.of(
            "edited",
            "version",
            f"{code}/{number}",
            by,
            now,
            procedure=code,
            old={key: old.get(key) for key in sorted(changed)},
            new={key: draft.content[key] for key in sorted(changed)},
        )
    )
    await session.flush()
    return draft
