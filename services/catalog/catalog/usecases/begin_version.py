"""Begin a new version of a procedure: a draft that nobody outside sees."""

from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from common.errors import FieldProblem, InvalidInputError
from sqlalchemy.ext.asyncio import AsyncSession

from catalog import queries
from catalog.domain.completeness import check_process
from catalog.domain.content import Content
from catalog.domain.editors import Editor
from catalog.domain.versions import State
from catalog.models import EditEntry, Field, Procedure, ProcedureVersion, stored


async def begin_version(
    session: AsyncSession,
    code: str,
    content: Content | None,
    by: Editor,
    now: datetime,
    *,
    day_hours: Fraction,
    from_number: int | None = None,
) -> ProcedureVersion:
    """Begin a draft from a content, or as a copy of the present version; introduces a procedure not known yet.

    With `from_number` it is a copy of that earlier version: what is published is taken back by a new version.

    Raises: UnknownProcedureError, ProcessTooLongError, InvalidInputError. Source: QT Đ.8; R-CAT-16; R-CAT-17
    """
    procedure = await session.get(Procedure, code, with_for_update=True)
    if procedure is None and content is not None:
        procedure = await _introduced(session, code, content, day_hours)
    procedure = procedure or await queries.procedure(session, code)
    if content is None:
        content = await _copied(session, procedure, from_number)
    await _check(session, content, day_hours)
    draft = ProcedureVersion(
        procedure=code,
        number=procedure.next_number(),
        state=State.DRAFT,
        content=stored(content),
        created_at=now,
        created_by=by.name,
    )
    session.add(draft)
    entry: dict[str, Any] = {"number": draft.number, "content": draft.content}
    session.add(
        EditEntry.of("begun", "version", f"{code}/{draft.number}", by, now, procedure=code, new=entry)
    )
    await session.flush()
    return draft


async def _copied(session: AsyncSession, procedure: Procedure, number: int | None) -> Content:
    present = await queries.current_version(session, procedure)
    if number is not None:
        present = await queries.version(session, procedure.code, number)
    content = present.read() if present else Content(name=procedure.name, field=procedure.field)
    return replace(content, levels=content.levels or tuple(procedure.levels))


async def _introduced(session: AsyncSession, code: str, content: Content, day_hours: Fraction) -> Procedure:
    await _check(session, content, day_hours)
    procedure = Procedure(
        code=code,
        name=content.name,
        name_en=content.name_en,
        field=content.field,
        levels=list(content.levels),
        route=content.route.value,
        last_number=0,
    )
    session.add(procedure)
    await session.flush()
    return procedure


async def _check(session: AsyncSession, content: Content, day_hours: Fraction) -> None:
    if await session.get(Field, content.field) is None:
        vi, en = f"Không có lĩnh vực “{content.field}”.", f"There is no field “{content.field}”."
        raise InvalidInputError([FieldProblem("field", "unknown-field", vi, en)])
    check_process(content, day_hours)
