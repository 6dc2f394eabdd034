"""Hand the dossiers that another instance is to settle over to it, a batch at a time."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from common.copies import put
from common.database import Database
from common.outbox import record
from common.sealing import Ring, ring_of
from pydantic import BaseModel
from sqlalchemy import Row, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from processing.events import (
    ConsultationHeld,
    DossierHandedOver,
    Handling,
    HandsChanged,
    NewDate,
    ResultDecision,
    StepDone,
    SupplementHeld,
)
from processing.models import (
    Assignment,
    Consultation,
    Dossier,
    Elsewhere,
    Extension,
    Revocation,
    StepRecord,
    Supplement,
)
from processing.queries import instances

BATCH = 500
M = TypeVar("M", bound=BaseModel)
Told = Callable[[int], None]


async def hand_over_dossiers(
    database: Database, instance: str, now: datetime, told: Told = lambda _: None
) -> int:
    """Hand over whatever is here and belongs to another than this `instance`, what is open first; return how many.

    Each batch is one transaction: rows go, and the event with all of them stands in the outbox. Killed between two,
    it goes on with what is left. `told` hears how many went so far.
    """
    async with database.sessions() as session:
        given = await instances.to_be_given(session, instance)
    total = 0
    for holder, codes in given.items():
        for is_open in (True, False):
            while count := await hand_over_batch(database, holder, codes, now, is_open=is_open):
                total += count
                told(total)
    return total


async def hand_over_batch(
    database: Database, holder: str, agencies: Sequence[str], now: datetime, *, is_open: bool
) -> int:
    """Hand over the next batch of the agencies' dossiers and return how many there were.

    What an officer is changing at this moment is waited for, and goes as he leaves it.
    """
    closed = Dossier.closed_at
    rows = (
        select(Dossier.__table__)
        .where(Dossier.agency.in_(agencies), closed.is_(None) if is_open else closed.is_not(None))
        .order_by(Dossier.code)
        .limit(BATCH)
        .with_for_update()
    )
    async with database.sessions.begin() as session:
        dossiers = (await session.execute(rows)).all()
        if dossiers:
            codes = [row.code for row in dossiers]
            await record(session, *await _told(session, dossiers, holder, now))
            away = [_away(row, holder, now) for row in dossiers]
            await put(session, Elsewhere, away, there="replaced")
            for table in (StepRecord, Revocation, Consultation, Extension, Assignment, Supplement):
                await session.execute(delete(table).where(table.dossier_code.in_(codes)))
            await session.execute(delete(Dossier).where(Dossier.code.in_(codes)))
    return len(dossiers)


async def _told(
    session: AsyncSession, dossiers: Sequence[Row[Any]], holder: str, now: datetime
) -> list[DossierHandedOver]:
    codes, ring = [row.code for row in dossiers], ring_of(session)
    steps: dict[str, list[StepDone]] = defaultdict(list)
    done = select(StepRecord.__table__).where(StepRecord.dossier_code.in_(codes)).order_by(StepRecord.seq)
    for row in await session.execute(done):
        steps[row.dossier_code].append(StepDone.model_validate(dict(row._mapping)))
    decisions: dict[str, list[ResultDecision]] = defaultdict(list)
    made = select(Revocation.__table__).where(Revocation.dossier_code.in_(codes)).order_by(Revocation.number)
    for row in await session.execute(made):
        kept = f"revocation.{row.dossier_code}.{row.number}"
        told = {
            **row._mapping,
            "content": Revocation.content.opened(row.content, row.content_sealed, kept, ring),
        }
        decisions[row.dossier_code].append(ResultDecision.model_validate(told))
    asked = await _rows(session, Consultation, codes, ConsultationHeld)
    dates = await _rows(session, Extension, codes, NewDate)
    hands = await _rows(session, Assignment, codes, HandsChanged)
    wanting = await _rows(session, Supplement, codes, SupplementHeld)
    done_to = {
        code: {
            "steps": steps[code],
            "decisions": decisions[code],
            "consultations": asked[code],
            "extensions": dates[code],
            "assignments": hands[code],
            "supplements": wanting[code],
        }
        for code in codes
    }
    return [_fact(_opened(row, ring) | done_to[row.code], holder, now) for row in dossiers]


async def _rows(
    session: AsyncSession,
    kind: type[Consultation] | type[Extension] | type[Assignment] | type[Supplement],
    codes: Sequence[str],
    told: type[M],
) -> dict[str, list[M]]:
    """Return what stands beside dossiers in a table, by code, in its order."""
    found: dict[str, list[M]] = defaultdict(list)
    kept = select(kind.__table__).where(kind.dossier_code.in_(codes)).order_by(kind.number)
    for row in await session.execute(kept):
        found[row.dossier_code].append(told.model_validate(dict(row._mapping)))
    return found


def _opened(row: Row[Any], ring: Ring | None) -> dict[str, Any]:
    """Return a dossier's row with the lines of its result opened: whoever takes it over has other keys."""
    content = Dossier.content.opened(row.content, row.content_sealed, f"dossier.{row.code}", ring)
    return {**row._mapping, "content": content}


def _fact(row: dict[str, Any], holder: str, now: datetime) -> DossierHandedOver:
    return DossierHandedOver(
        aggregate_id=row["code"],
        aggregate_version=row["announced"] + 1,
        agency=row["agency"],
        occurred_at=now,
        to=holder,
        handling=Handling.model_validate(row),
    )


def _away(row: Row[Any], holder: str, now: datetime) -> dict[str, Any]:
    kept = ("code", "agency", "unit", "officer_id", "receiving_point", "state")
    return {name: row._mapping[name] for name in kept} | {
        "version": row.announced + 1,
        "holder": holder,
        "accepted_at": row.accepted_at.isoformat(),
        "acceptance": None,
        "handed_over_at": now.isoformat(),
        "taken_over_at": None,
    }
