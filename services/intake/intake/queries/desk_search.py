"""Finding a dossier at the desk, in whatever state it is: by the beginning of its code, or by words; newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from common.cursors import instant, read_cursor, write_cursor
from common.security import Caller
from sqlalchemy import (
    ColumnElement,
    Row,
    Text,
    and_,
    bindparam,
    cast,
    func,
    literal,
    or_,
    select,
    text,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.util import ClauseAdapter

from intake.domain.search import Sought
from intake.models import Agency, DailySerial, Dossier
from intake.models.tokens import PERIOD, TOKENS
from intake.queries.desk import COLUMNS, RUNNING, QueuePage, Wish, due_within, narrowing
from intake.queries.dossiers import desk_scope, sees_all

# How many periods are looked through at a time: most people look for something of these weeks.
_STRIDES: Final = (1, 3, 9, 27)
_NEWEST_CODE: Final = text("dossier.code using ~>~")


@dataclass(frozen=True)
class _Search:
    """One search: who asks, in which states (none is any), what else must hold, behind which row, how many rows."""

    session: AsyncSession
    caller: Caller
    states: tuple[str, ...]
    condition: ColumnElement[bool]
    after: tuple[datetime, str] | None
    limit: int


async def search_desk(
    session: AsyncSession,
    caller: Caller,
    sought: Sought,
    wish: Wish,
    *,
    now: datetime,
    limit: int,
    cursor: str | None = None,
) -> QueuePage:
    """Return dossiers within the caller's scope, the newest first; the wish may narrow states and deadlines.

    What reads like a code is looked for among codes; only where there is none the words are. `total` says how many
    are on the page, `next` that there are more: a search never counts what nobody looks at.

    Source: TN Đ.12.1; R-INT-01, R-TRK-11
    """
    states = wish.states or (RUNNING if wish.due else ())
    standing = or_(*(due_within(wish, state, now) for state in states)) if states else true()
    condition = and_(standing, narrowing(wish.narrowed))
    after = read_cursor(cursor, instant, str) if cursor else None
    search = _Search(session, caller, states, condition, after, limit + 1)
    found: Sequence[Row[Any]] = ()
    if sought.code:
        found = await _by_code(search, sought.code)
    if sought.words and not found:
        found = await _by_words(search, sought, now)
    page, more = found[:limit], len(found) > limit
    following = write_cursor(page[-1].submitted_at, page[-1].code) if more else None
    return QueuePage(page, len(page), following, capped=more)


async def _by_code(search: _Search, code: str) -> Sequence[Row[Any]]:
    begins = _beginning(search.caller, code)
    past = begins[:-1] + chr(ord(begins[-1]) + 1)
    within = and_(Dossier.code.op("~>=~")(begins), Dossier.code.op("~<~")(past))
    further = Dossier.code.op("~<~")(search.after[1]) if search.after else true()
    allowed = select(*COLUMNS).where(desk_scope(search.caller), search.condition)
    newest = allowed.where(within, further).order_by(_NEWEST_CODE).limit(search.limit)
    found = (await search.session.execute(newest)).all()
    if found or search.after:
        return found
    return (await search.session.execute(allowed.where(Dossier.code == code))).all()


def _beginning(caller: Caller, code: str) -> str:
    """Return how a code within reach begins: an officer need not type the agency, and looks at no other one's."""
    own = caller.agency or ""
    if sees_all(caller) or code.startswith(own):
        return code
    return own if own.startswith(code) else f"{own}-{code}"


async def _by_words(search: _Search, sought: Sought, now: datetime) -> Sequence[Row[Any]]:
    """Walk back through the periods until enough is found or the first one is passed."""
    caller, (at, code) = search.caller, search.after or (now, "")
    newest, oldest = _period(at), await _first_period(search.session, caller, now)
    prefix = "" if sees_all(caller) else f"{caller.agency}/"
    statement = _in_periods(search, sought)
    found: list[Row[Any]] = []
    strides = iter(_STRIDES)
    while newest >= oldest and len(found) < search.limit:
        reach = max(oldest, newest + 1 - next(strides, newest + 1))
        given = {
            "prefixes": [f"{prefix}{period}/" for period in range(newest, reach - 1, -1)],
            "words": " ".join(sought.words),
            "marked": " ".join(sought.marked),
            "at": at,
            "code": code,
            "count": search.limit - len(found),
        }
        found += (await search.session.execute(statement, given)).all()
        newest = reach - 1
    return found


def _in_periods(search: _Search, asked: Sought) -> Any:
    """Return the statement that looks for all the words in some periods, each one in its own part of the index.

    Numbers are looked for by their marks, and in clear where they were written before there were any. Wanted states
    are words of the index as well: what is in another state is not even read. The inner query
    stays by itself (`offset 0`): words are looked for in their index, whatever else is asked of the rows it gives
    and however many the planner expects.
    """
    periods = (
        func.unnest(bindparam("prefixes", type_=ARRAY(Text))).table_valued("prefix").render_derived("period")
    )
    prefix = periods.c.prefix
    standing = true()
    if search.states:
        standing = TOKENS.overlap(array([prefix.concat(f"={state}") for state in search.states]))
    ways = ("words", "marked")[: 1 + (asked.marked != asked.words)]
    contained = or_(*(and_(_all_of(way, prefix), standing) for way in ways))
    inner = select(*COLUMNS, Dossier.checked_by).where(contained).correlate(periods).offset(0).lateral("hit")
    earlier = tuple_(Dossier.submitted_at, Dossier.code) < tuple_(bindparam("at"), bindparam("code"))
    wanted = and_(or_(earlier, bindparam("code") == ""), desk_scope(search.caller), search.condition)
    return (
        select(*(inner.c[column.key] for column in COLUMNS))
        .select_from(periods.join(inner, true()))
        .where(ClauseAdapter(inner).traverse(wanted))
        .order_by(inner.c.submitted_at.desc(), inner.c.code.desc())
        .limit(bindparam("count"))
    )


def _all_of(name: str, prefix: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that a dossier has every word of a parameter in a period."""
    sought = func.replace(bindparam(name, type_=Text), " ", literal(" ").concat(prefix))
    return TOKENS.contains(cast(func.string_to_array(prefix.concat(sought), " "), ARRAY(Text)))


def _period(at: datetime) -> int:
    return int(at.astimezone(UTC).timestamp()) // PERIOD


async def _first_period(session: AsyncSession, caller: Caller, now: datetime) -> int:
    """Return the period of the first dossier within reach, as the serial numbers of the days tell; none is to come."""
    first = (
        select(DailySerial.day)
        .where(DailySerial.agency == Agency.code)
        .order_by(DailySerial.day)
        .limit(1)
        .lateral("first")
    )
    here = true() if sees_all(caller) else Agency.code == caller.agency
    day = await session.scalar(
        select(func.min(first.c.day)).select_from(Agency).join(first, true()).where(here)
    )
    return _period(datetime.fromisoformat(day).replace(tzinfo=UTC)) - 1 if day else _period(now) + 1
