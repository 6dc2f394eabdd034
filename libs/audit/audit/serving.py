"""The access log as inspectors search it and take it out; each search is a line of it, with its purpose."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Final

from common.api import CallerDep, LangDep, Page, SessionDep
from common.api.deps import only_for
from common.counting import CAP
from common.cursors import read_cursor, write_cursor
from common.security import Caller
from common.spreadsheets import BOM, table
from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import BaseModel
from regulation.codes.agency import LONGEST
from regulation.roles import Right, Scope, who_may
from regulation.text import Lang
from regulation.zone import local
from sqlalchemy import Row, Select, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from audit.finding import MOST_MEANT, Found, SubjectsOf, finding, line, nobody
from audit.lines import Deed
from audit.reaching import reach_in, reach_said
from audit.tables import WRITTEN

MOST_TAKEN: Final = 50_000
"""Lines of one export; who needs more narrows the days."""
_MORE_MEANT: Final[dict[Lang, str]] = {
    "vi": f"Từ khóa về người chỉ tới hơn {MOST_MEANT} tài khoản, hồ sơ hoặc câu hỏi. Hãy ghi rõ hơn, như số định danh.",
    "en": f"The word for the person answers to more than {MOST_MEANT} accounts, dossiers or questions. Say more.",
}
_OLDER: Final[dict[Lang, str]] = {
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
    more_meant: bool
    """More accounts, dossiers or questions answer to `person` than were looked for: say more of the person."""
    keys: list[str]
    """What is the person's here: another service finds its lines about that by them (`about`).

    Told to whom sees the lines of the whole province.
    """


async def _rows(session: AsyncSession, found: Select[Any], limit: int) -> Sequence[Row[Any]]:
    return (await session.execute(found.limit(limit))).all()


def _counted(found: Select[Any]) -> Select[tuple[int]]:
    return select(func.count()).select_from(found.order_by(None).limit(CAP).subquery())


def _out(row: Row[Any], lang: Lang) -> AccessLineOut:
    told = {name: row._mapping[name] for name in _HEADINGS}
    return AccessLineOut(**told, deed_label=Deed(row.deed).said(lang) if row.deed else "")


def _file(caller: Caller, rows: Sequence[Row[Any]], lang: Lang, *, more_meant: bool) -> str:
    """Write lines down; above the headings stands what the file does not hold."""
    part = [(reach_said(caller, lang),)] if reach_in(caller) is not Scope.PROVINCE else []
    part += [(_MORE_MEANT[lang],)] if more_meant else []
    part += [(_OLDER[lang],)] if len(rows) > MOST_TAKEN else []
    lines = [(row.seq, local(row.at), *(row._mapping[name] for name in WRITTEN)) for row in rows[:MOST_TAKEN]]
    return BOM + table([*part, _HEADINGS, *lines], lang)


def _named(caller: Caller, rows: Sequence[Row[Any]]) -> str:
    """Say in a file's name which part of the log it holds."""
    return f"{reach_in(caller)}{'-newest' if len(rows) > MOST_TAKEN else ''}"


def _taken(caller: Caller, lang: Lang, rows: Sequence[Row[Any]], found: Found) -> Response:
    name = {"Content-Disposition": f'attachment; filename="access-lines-{_named(caller, rows)}.csv"'}
    told = _file(caller, rows, lang, more_meant=found.more_meant)
    return Response(told, media_type="text/csv; charset=utf-8", headers=name)


async def _page(
    session: AsyncSession, caller: Caller, lang: Lang, found: Found, *, limit: int, cursor: str | None
) -> AccessLinePageOut:
    lines, total = found.lines, await session.scalar(_counted(found.lines)) or 0
    if cursor:
        lines = lines.where(tuple_(line.xid, line.seq) < read_cursor(cursor, int, int))
    rows = await _rows(session, lines, limit + 1)
    return AccessLinePageOut(
        items=[_out(row, lang) for row in rows[:limit]],
        total=total,
        next=write_cursor(rows[limit - 1].xid, rows[limit - 1].seq) if len(rows) > limit else None,
        capped=total >= CAP,
        reach=reach_in(caller),
        reach_label=reach_said(caller, lang),
        more_meant=found.more_meant,
        keys=list(found.keys),
    )


async def of_agency(
    agency: Annotated[str, Path(pattern=r"^[A-Z0-9.]+$", max_length=LONGEST, description="Agency code")],
) -> None:
    """Take the agency by which the edge finds whose log it is: its own instance's, where it has one."""


def audit_router(service: str, subjects_of: SubjectsOf = nobody, *, apart: bool = False) -> APIRouter:
    """Return the routes by which inspectors read the access log of a service.

    `subjects_of` finds what the service keeps of a person, so that lines about that are found by the person. Where an
    agency may have an instance of its own (`apart`), its log is read below the address of that agency.
    """
    router = APIRouter(
        prefix=f"/api/{service}",
        tags=["access log"],
        dependencies=[only_for(who_may(Right.READ_ACCESS_LOG))],
    )
    find = Depends(finding(subjects_of))

    async def search(
        *,
        session: SessionDep,
        caller: CallerDep,
        lang: LangDep,
        found: Annotated[Found, find],
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        cursor: Annotated[str | None, Query(max_length=400)] = None,
    ) -> AccessLinePageOut:
        """Search the access log, the newest line first; the search itself is written down."""
        return await _page(session, caller, lang, found, limit=limit, cursor=cursor)

    async def take_out(
        session: SessionDep, caller: CallerDep, lang: LangDep, found: Annotated[Found, find]
    ) -> Response:
        """Export what a search finds, at most fifty thousand lines; the export itself is written down.

        A file that holds only a part says so above its headings, and in its name.
        """
        return _taken(caller, lang, await _rows(session, found.lines, MOST_TAKEN + 1), found)

    below = {"/agencies/{agency}": [Depends(of_agency)]} if apart else {}
    for place, needs in ({"": []} | below).items():
        router.get(f"{place}/access-lines", dependencies=needs)(search)
        router.get(f"{place}/access-lines.csv", dependencies=needs, response_class=Response)(take_out)
    return router
