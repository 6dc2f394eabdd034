"""Public statistics: figures per period, as JSON and as CSV, and the state of the accounts."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated

from common.api import LangDep, NowDep, SessionDep
from common.spreadsheets import BOM, table
from fastapi import APIRouter, Depends, Query, Response
from regulation.channels import FILED
from regulation.codes.agency import LONGEST
from regulation.lateness import Figures, Period, roll_up
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from stats import queries
from stats.api.deps import BuiltDep
from stats.api.shapes import HEADINGS, FiguresOut, IdentityOut, RowOut, percent
from stats.domain.periods import Shown, label, periods_of
from stats.domain.tree import placed
from stats.models import IdentityCheck
from stats.queries import DirectoryLine, Filter, Freshness, Group

router = APIRouter(prefix="/api/stats", tags=["statistics"])


class Asked:
    """What a reader asked for."""

    def __init__(
        self,
        *,
        period: Annotated[
            Shown, Query(description="month, quarter or year, as far as the regulation publishes it")
        ] = Shown.MONTH,
        year: Annotated[int | None, Query(description="local calendar year; default: this year")] = None,
        group: Annotated[Group, Query()] = Group.AGENCY,
        agency: Annotated[str | None, Query(max_length=LONGEST)] = None,
        field: Annotated[str | None, Query(max_length=60)] = None,
        channel: Annotated[str | None, Query(max_length=20)] = None,
    ) -> None:
        """Keep the choices."""
        self.period, self.year, self.group = period, year, group
        self.only = Filter(agency or None, field or None, channel or None)


AskedDep = Annotated[Asked, Depends()]
Names = Mapping[str, tuple[str, str | None, str | None]]
_KNOWN: Mapping[Group, Names] = {
    Group.LEVEL: {
        "province": ("Cấp tỉnh", "Province", "province"),
        "district": ("Cấp huyện", "District", "district"),
        "commune": ("Cấp xã", "Commune", "commune"),
    },
    Group.KIND: {
        "committee": ("Ủy ban nhân dân", "People's Committee", None),
        "department": ("Sở, ban, ngành", "Department", None),
        "vertical": ("Cơ quan ngành dọc", "Vertical-sector agency", None),
        "other": ("Cơ quan khác", "Other agency", None),
        "service_centre": ("Trung tâm phục vụ hành chính công", "Public service centre", None),
    },
}


async def _names(session: AsyncSession, group: Group, places: Mapping[str, DirectoryLine]) -> Names:
    if group is Group.AGENCY:
        return {code: (place.name, place.name_en, place.level) for code, place in places.items()}
    if group is Group.FIELD:
        return {code: (name, None, None) for code, name in (await queries.field_names(session)).items()}
    if group in _KNOWN:
        return _KNOWN[group]
    channels = {name: (words["vi"], words["en"], None) for name, words in FILED.items()}
    return {**channels, "province": ("Toàn tỉnh", "Whole province", None)}


def _row(period: Period, shown: Shown, key: str, figures: Figures, names: Names) -> RowOut:
    name, name_en, level = names.get(key, (key, None, None))
    return RowOut(
        period=label(period, shown),
        first=period.first,
        last=period.last,
        key=key,
        name=name,
        name_en=name_en,
        level=level,
        carried_over=figures.carried_over,
        received=figures.received,
        finished=figures.finished,
        finished_early=figures.early,
        finished_on_time=figures.on_time,
        finished_late=figures.late,
        in_progress=figures.in_progress,
        paused=figures.paused,
        withdrawn=figures.withdrawn,
        on_time_percent=percent(figures),
    )


def _rolled(
    found: dict[str, Figures], group: Group, only: Filter, places: Mapping[str, DirectoryLine]
) -> dict[str, Figures]:
    """Give each agency its own figures and those of every agency below it; other cuts stay as they are."""
    if group is not Group.AGENCY or only.agency is not None:
        return found
    parents = placed({code: place.parent for code, place in places.items()}, found)
    return {code: figures for code, figures in roll_up(found, parents).items() if figures != Figures()}


async def _rows(
    session: AsyncSession, asked: Asked, now: datetime, offered: list[str]
) -> tuple[list[RowOut], list[RowOut]]:
    year = asked.year or local_day(now).year
    places = await queries.places(session)
    names = await _names(session, asked.group, places)
    rows: list[RowOut] = []
    totals: list[RowOut] = []
    for period in periods_of(asked.period, year, now, offered):
        found = await queries.figures(session, period.starts_at, period.ends_at, asked.group, asked.only)
        whole = sum(found.values(), Figures())
        totals.append(_row(period, asked.period, "province", whole, {"province": ("Tổng", "Total", None)}))
        shown = _rolled(found, asked.group, asked.only, places)
        rows += [_row(period, asked.period, key, shown[key], names) for key in sorted(shown)]
    return rows, totals


def age_of(fresh: Freshness, now: datetime) -> float:
    """Return for how many seconds the oldest fact waits to be counted. Source: R-STA-04"""
    since = fresh.oldest_waiting_at
    return round((now - since).total_seconds(), 1) if since else 0.0


def identity_of(check: IdentityCheck | None) -> IdentityOut:
    """Return whether the accounts add up, without what is wrong."""
    return IdentityOut(
        holds=check is None or check.breach_count == 0,
        checked_at=check.checked_at if check else None,
        breach_count=check.breach_count if check else 0,
    )


@router.get("/public")
async def public(session: SessionDep, now: NowDep, asked: AskedDep, built: BuiltDep) -> FiguresOut:
    """Return figures per period and key, oldest period first; agencies include those below them."""
    rows, totals = await _rows(session, asked, now, list(built.public_periods))
    fresh = await queries.freshness(session)
    check = await queries.last_check(session)
    return FiguresOut(
        as_of=now,
        newest_fact_at=datetime.fromisoformat(fresh.newest_fact_at) if fresh.newest_fact_at else None,
        waiting_count=fresh.waiting_count,
        age_seconds=age_of(fresh, now),
        overdue_now=await queries.overdue_now(session, now, asked.only),
        rows=rows,
        totals=totals,
        identity=identity_of(check),
    )


@router.get("/public.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
async def public_csv(
    *, session: SessionDep, now: NowDep, asked: AskedDep, built: BuiltDep, lang: LangDep
) -> Response:
    """Return the same figures as a table for spreadsheet programs set to the language that is asked for."""
    rows, _ = await _rows(session, asked, now, list(built.public_periods))
    lines = table([HEADINGS[lang], *(row.model_dump().values() for row in rows)], lang)
    name = f"motcua-{asked.period}-{asked.group}-{now.astimezone(UTC):%Y%m%dT%H%MZ}.csv"
    return Response(
        BOM + lines,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@router.get("/identity")
async def identity(session: SessionDep) -> IdentityOut:
    """Return the newest check of the accounts with every breach it found."""
    check = await queries.last_check(session)
    if check is None:
        return IdentityOut(holds=True, checked_at=None, breach_count=0)
    return IdentityOut(
        holds=check.breach_count == 0,
        checked_at=check.checked_at,
        breach_count=check.breach_count,
        breaches=check.breaches,
    )
