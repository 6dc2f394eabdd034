"""The access log as inspectors search it and take it out; each search is a line of it, with its purpose."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Final, Literal, NamedTuple

from common.api import CallerDep, LangDep, Page, SessionDep
from common.api.deps import only_for
from common.conditions import matching
from common.counting import CAP
from common.cursors import read_cursor, write_cursor
from common.security import Caller
from common.spreadsheets import BOM, table
from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel
from regulation.days import Moment
from regulation.roles import Right, Scope, view, who_may
from regulation.text import Lang
from regulation.zone import local
from sqlalchemy import ColumnElement, MetaData, Row, Select, false, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from audit.lines import Deed, looked_for, note
from audit.reaching import reach_in, reach_said
from audit.tables import LINE, WRITTEN, audit_tables

_metadata: Final = MetaData()
audit_tables(_metadata)
_line: Final = _metadata.tables[LINE].c
MOST_TAKEN: Final = 50_000
"""Lines of one export; who needs more narrows the days."""
_MORE: Final[dict[Lang, str]] = {
    "vi": f"Chỉ {MOST_TAKEN} dòng mới nhất. Hãy thu hẹp khoảng ngày để lấy phần còn lại.",
    "en": f"Only the newest {MOST_TAKEN} lines. Narrow the days to take out the rest.",
}
_HEADINGS: Final = ("seq", "at", *WRITTEN)
"""Of an export in both languages: programs of inspectors read it."""


class AccessLineOut(BaseModel):
    """One line: who did what, when, from where, to which end; `outcome` is the status that was answered."""

    seq: int
    at: datetime
    actor: str
    kind: str
    roles: str
    agency: str
    unit: str
    deed: str
    deed_label: str
    route: str
    subject: str
    details: str
    purpose: str
    outcome: int
    address: str
    agent: str


class AccessLinePageOut(Page[AccessLineOut]):
    """A page of lines, the newest first; `capped` says that `total` stopped counting."""

    capped: bool
    reach: Scope
    """How far the reader is shown lines; anything but `province` is a part of the log."""
    reach_label: str
    """The same as a sentence."""


class Asked(NamedTuple):
    """What an inspector asks for; empty words ask for everything.

    `person` stands as lines keep it: names as typed, numbers and addresses as marks.
    """

    actor: str
    subject: str
    deed: Deed | None
    address: str
    refused: bool
    since: datetime | None
    until: datetime | None
    person: str = ""


Word = Annotated[str, Query(max_length=200)]


async def asked(
    *,
    request: Request,
    purpose: Annotated[str, Query(min_length=5, max_length=300, description="why; it is written down")],
    actor: Word = "",
    subject: Word = "",
    deed: Deed | None = None,
    address: Word = "",
    outcome: Literal["refused"] | None = None,
    since: Moment | None = None,
    until: Moment | None = None,
    person: Annotated[
        str, Query(max_length=200, description="name, identity number, telephone or e-mail")
    ] = "",
) -> Asked:
    """Read what is asked for, and have the purpose written down with it.

    Lines keep numbers and addresses as marks: a person is looked for by the mark of the number, and this search keeps
    the same mark, so that the log tells who looked for whom in the log.
    """
    note(purpose=purpose)
    word = looked_for(person, request.app.state.database.ring) if person.strip() else ""
    return Asked(
        actor.strip(), subject.strip(), deed, address.strip(), outcome is not None, since, until, word
    )


AskedDep = Annotated[Asked, Depends(asked)]


def lines_for(caller: Caller, wish: Asked) -> Select[Any]:
    """Select the lines a caller may see and asks for, the newest first. Source: BD Đ.13.9; R-SEC-22; R-ACC-18"""
    ways = view(Right.READ_ACCESS_LOG, caller).alternatives()
    seen = matching(ways, agency=_line.agency, unit=_line.unit, holder=_line.actor) if ways else false()
    tests: list[ColumnElement[bool]] = [
        column == value
        for column, value in (
            (_line.actor, wish.actor),
            (_line.subject, wish.subject),
            (_line.deed, wish.deed or ""),
            (_line.address, wish.address),
        )
        if value
    ]
    tests += [_line.at >= wish.since] if wish.since else []
    tests += [_line.at < wish.until] if wish.until else []
    tests += [_line.outcome >= 400] if wish.refused else []
    tests += [_line.details.icontains(wish.person, autoescape=True)] if wish.person else []
    return select(*_metadata.tables[LINE].c).where(seen, *tests).order_by(_line.xid.desc(), _line.seq.desc())


async def _rows(session: AsyncSession, found: Select[Any], limit: int) -> Sequence[Row[Any]]:
    return (await session.execute(found.limit(limit))).all()


def _counted(found: Select[Any]) -> Select[tuple[int]]:
    return select(func.count()).select_from(found.order_by(None).limit(CAP).subquery())


def _out(row: Row[Any], lang: Lang) -> AccessLineOut:
    told = {name: row._mapping[name] for name in _HEADINGS}
    return AccessLineOut(**told, deed_label=Deed(row.deed).said(lang) if row.deed else "")


def _reach(caller: Caller, lang: Lang) -> dict[str, Any]:
    return {"reach": reach_in(caller), "reach_label": reach_said(caller, lang)}


def _file(caller: Caller, rows: Sequence[Row[Any]], lang: Lang) -> str:
    """Write lines down; above the headings stands what the file does not hold."""
    part = [(reach_said(caller, lang),)] if reach_in(caller) is not Scope.PROVINCE else []
    older = [(_MORE[lang],)] if len(rows) > MOST_TAKEN else []
    lines = [(row.seq, local(row.at), *(row._mapping[name] for name in WRITTEN)) for row in rows[:MOST_TAKEN]]
    return BOM + table([*part, *older, _HEADINGS, *lines], lang)


def audit_router(service: str) -> APIRouter:
    """Return the routes by which inspectors read the access log of a service."""
    router = APIRouter(
        prefix=f"/api/{service}",
        tags=["access log"],
        dependencies=[only_for(who_may(Right.READ_ACCESS_LOG))],
    )

    @router.get("/access-lines")
    async def search(
        *,
        session: SessionDep,
        caller: CallerDep,
        lang: LangDep,
        wish: AskedDep,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        cursor: Annotated[str | None, Query(max_length=400)] = None,
    ) -> AccessLinePageOut:
        """Search the access log, the newest line first; the search itself is written down."""
        found = lines_for(caller, wish)
        total = await session.scalar(_counted(found)) or 0
        if cursor:
            found = found.where(tuple_(_line.xid, _line.seq) < read_cursor(cursor, int, int))
        rows = await _rows(session, found, limit + 1)
        more = write_cursor(rows[limit - 1].xid, rows[limit - 1].seq) if len(rows) > limit else None
        items = [_out(row, lang) for row in rows[:limit]]
        told = _reach(caller, lang)
        return AccessLinePageOut(items=items, total=total, next=more, capped=total >= CAP, **told)

    @router.get("/access-lines.csv", response_class=Response)
    async def take_out(session: SessionDep, caller: CallerDep, lang: LangDep, wish: AskedDep) -> Response:
        """Export what a search finds, at most fifty thousand lines; the export itself is written down.

        A file that holds only a part says so above its headings, and in its name.
        """
        rows = await _rows(session, lines_for(caller, wish), MOST_TAKEN + 1)
        name = {"Content-Disposition": f'attachment; filename="access-lines-{reach_in(caller)}.csv"'}
        return Response(_file(caller, rows, lang), media_type="text/csv; charset=utf-8", headers=name)

    return router
