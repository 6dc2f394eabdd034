"""Named reads of the figures; each column is counted on its own, so that their sum can be checked."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, cast

from common.conditions import matching
from common.security import Caller
from regulation.lateness import Figures, Period
from regulation.roles import Reach, Right, view
from sqlalchemy import ColumnElement, Table, and_, func, literal, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from stats.models import (
    Agency,
    Dossier,
    Field,
    Holding,
    IdentityCheck,
    KeptFact,
    KeptQuestionFact,
    Question,
    Wait,
)

_FRESH = text(
    """SELECT (SELECT max(envelope ->> 'time') FROM inbox WHERE done_at IS NOT NULL AND seq > (
        SELECT coalesce(max(seq), 0) - 50 FROM inbox)) AS newest,
    (SELECT count(*) FROM inbox WHERE done_at IS NULL AND dead_at IS NULL) AS waiting,
    (SELECT min(received_at) FROM inbox WHERE done_at IS NULL AND dead_at IS NULL) AS oldest"""
)


class Group(StrEnum):
    """What figures are broken down by; level and kind are those of the receiving agency."""

    AGENCY = "agency"
    LEVEL = "level"
    KIND = "kind"
    FIELD = "field"
    CHANNEL = "channel"
    PROVINCE = "province"


_OF_AGENCY = {Group.LEVEL: Agency.level, Group.KIND: Agency.kind}


class Filter(NamedTuple):
    """Which dossiers count; a missing part means all."""

    agency: str | None = None
    field: str | None = None
    channel: str | None = None


class Freshness(NamedTuple):
    """How current the figures are: newest fact learnt, facts that wait, and since when the oldest waits."""

    newest_fact_at: str | None
    waiting_count: int
    oldest_waiting_at: datetime | None


class DirectoryLine(NamedTuple):
    """An agency's place in the province."""

    name: str
    name_en: str | None
    level: str
    kind: str
    parent: str | None


def _keys(group: Group) -> ColumnElement[str]:
    if group is Group.PROVINCE:
        return literal("province")
    if group in _OF_AGENCY:
        return _OF_AGENCY[group].expression
    return {Group.AGENCY: Dossier.agency, Group.FIELD: Dossier.field, Group.CHANNEL: Dossier.channel}[
        group
    ].expression


def _chosen(only: Filter) -> list[ColumnElement[bool]]:
    wanted = ((Dossier.agency, only.agency), (Dossier.field, only.field), (Dossier.channel, only.channel))
    return [column == value for column, value in wanted if value is not None]


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


async def figures(
    session: AsyncSession, start: datetime, end: datetime, group: Group, only: Filter
) -> dict[str, Figures]:
    """Return the account of [start, end) per key, instants in UTC; the empty key is an agency not known yet."""
    within = and_(Dossier.closed_at >= start, Dossier.closed_at < end)
    open_at_end = or_(Dossier.closed_at.is_(None), Dossier.closed_at >= end)
    waiting = (
        select(literal(1))
        .where(
            Wait.code == Dossier.code, Wait.since_at < end, or_(Wait.until_at.is_(None), Wait.until_at >= end)
        )
        .exists()
    )
    came_before = and_(
        Dossier.received_at < start, or_(Dossier.closed_at.is_(None), Dossier.closed_at >= start)
    )
    columns = {
        "carried_over": came_before,
        "received": and_(Dossier.received_at >= start, Dossier.received_at < end),
        "early": and_(within, Dossier.closing == "early"),
        "on_time": and_(within, Dossier.closing == "on_time"),
        "late": and_(within, Dossier.closing == "late"),
        "in_progress": and_(open_at_end, ~waiting),
        "paused": and_(open_at_end, waiting),
        "withdrawn": and_(within, Dossier.closing == "withdrawn"),
    }
    key = _keys(group)
    statement = (
        select(key, *(_count(condition).label(name) for name, condition in columns.items()))
        .where(
            Dossier.received_at < end,
            or_(Dossier.closed_at.is_(None), Dossier.closed_at >= start),
            *_chosen(only),
        )
        .group_by(key)
    )
    if group in _OF_AGENCY:
        statement = statement.join_from(Dossier, Agency, Agency.code == Dossier.agency, isouter=True)
    return {row[0] or "": Figures(*row[1:]) for row in await session.execute(statement)}


async def overdue_now(session: AsyncSession, now: datetime, only: Filter) -> int:
    """Count open dossiers past their due time; one that waits for its applicant if it was late before.

    Source: R-STA-19; R-PRC-10
    """
    open_wait = (Wait.code == Dossier.code, Wait.until_at.is_(None), Wait.since_at <= Dossier.due_at)
    waiting = select(literal(1)).where(*open_wait).exists()
    statement = select(func.count()).where(
        Dossier.closed_at.is_(None),
        Dossier.accepted_at.is_not(None),
        Dossier.due_at < now,
        ~waiting,
        *_chosen(only),
    )
    return (await session.scalar(statement)) or 0


def in_sight(caller: Caller) -> ColumnElement[bool]:
    """Return the condition that keeps a caller among the dossiers that the right to drill down reaches.

    A dossier is seen as the settling agency's, by unit and officer once it is in a unit's hands, and as the receiving
    desk's: from the whole agency upwards by everybody, below that by who may read the desk, whose unit is the desk
    itself. Who of a desk checked a dossier is not known here, so under scope "own" only what is in one's hands is seen.

    Source: QT Đ.11.2.e; R-ACC-18
    """
    seen = view(Right.DRILL_DOWN, caller)
    handled = matching(
        seen.alternatives(), agency=Dossier.competent_agency, unit=Dossier.unit, holder=Dossier.officer_id
    )
    desk = seen if seen.reach >= Reach.AGENCY else view(Right.READ_DESK, caller)
    ways = desk.alternatives() if desk.reach > Reach.OWN else ()
    return or_(and_(Dossier.unit.is_not(None), handled), matching(ways, agency=Dossier.agency))


async def drill_down(
    session: AsyncSession, seen: ColumnElement[bool], period: Period, only: Filter, limit: int
) -> list[tuple[str, datetime, str | None]]:
    """Return (code, received_at, closing) of the dossiers of an account that are in sight, oldest first."""
    statement = (
        select(Dossier.code, Dossier.received_at, Dossier.closing)
        .where(
            Dossier.received_at < period.ends_at,
            or_(Dossier.closed_at.is_(None), Dossier.closed_at >= period.starts_at),
            *_chosen(only),
            seen,
        )
        .order_by(Dossier.received_at, Dossier.code)
        .limit(limit)
    )
    return [(code, at, closing) for code, at, closing in await session.execute(statement)]


async def places(session: AsyncSession) -> dict[str, DirectoryLine]:
    """Return every known agency by code."""
    rows = await session.scalars(select(Agency))
    return {row.code: DirectoryLine(row.name, row.name_en, row.level, row.kind, row.parent) for row in rows}


async def field_names(session: AsyncSession) -> dict[str, str]:
    """Return the names of fields by code."""
    return {row.code: row.name for row in await session.scalars(select(Field))}


async def freshness(session: AsyncSession) -> Freshness:
    """Tell how current the figures are. Source: R-STA-04"""
    row = (await session.execute(_FRESH)).one()
    return Freshness(*row)


async def last_check(session: AsyncSession) -> IdentityCheck | None:
    """Return the newest check of the accounts."""
    found: IdentityCheck | None = await session.scalar(
        select(IdentityCheck).order_by(IdentityCheck.id.desc()).limit(1)
    )
    return found


async def codes_with_facts(session: AsyncSession, after: str, limit: int) -> Sequence[str]:
    """Return the next codes, in their order, of dossiers that facts are kept of."""
    codes = select(KeptFact.code).where(KeptFact.code > after).distinct().order_by(KeptFact.code)
    return (await session.scalars(codes.limit(limit))).all()


async def numbers_with_facts(session: AsyncSession, after: str, limit: int) -> Sequence[str]:
    """Return the next numbers, in their order, of questions that facts are kept of."""
    of = KeptQuestionFact.number
    return (await session.scalars(select(of).where(of > after).distinct().order_by(of).limit(limit))).all()


async def content_rows(session: AsyncSession) -> list[Mapping[str, Any]]:
    """Return everything the projections hold, in a fixed order, to be hashed."""
    found: list[Mapping[str, Any]] = []
    for model in (Agency, Field, Dossier, Wait, Question, Holding):
        table = cast(Table, model.__table__)
        ordered = select(table).order_by(*table.primary_key.columns)
        found.extend(dict(row) for row in (await session.execute(ordered)).mappings())
    return found
