"""Tell again where the dossiers stand, for a service that begins later than they did."""

from collections.abc import Sequence
from datetime import datetime

from common.announcing import Told
from procedures import Step
from regulation.states import State
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.events import (
    DossierAssigned,
    DossierEvent,
    DossierOpened,
    DossierRejected,
    ResultReady,
    StepCompleted,
)
from processing.models import Dossier, Revocation, StepRecord


async def announce_dossiers(session: AsyncSession, after: str, limit: int) -> Sequence[Told]:
    """Return the next dossiers after a code, each with the one fact that tells where it stands."""
    dossiers = select(Dossier).where(Dossier.code > after).order_by(Dossier.code).limit(limit)
    rows = (await session.scalars(dossiers)).all()
    begun = (
        select(StepRecord.dossier_code, func.max(StepRecord.started_at))
        .where(StepRecord.dossier_code.in_([row.code for row in rows]))
        .group_by(StepRecord.dossier_code)
    )
    since = dict((await session.execute(begun)).tuples().all())
    corrected = await queries.revocations(session, [row.code for row in rows])
    told = []
    for row in rows:
        plan = (await queries.procedure_of(session, row)).steps
        told.append(Told(row.code, _standing_facts(row, plan, since[row.code], corrected[row.code])))
    return told


def _standing_facts(
    dossier: Dossier, plan: Sequence[Step], since: datetime, revocations: Sequence[Revocation]
) -> list[DossierEvent]:
    """Return where a dossier stands, then each decision about its result, with the versions they had."""
    decided = [one for one in revocations if one.decided_at is not None]
    first = dossier.announced - len(decided)
    facts = [_standing(dossier, plan, since).model_copy(update={"aggregate_version": first})]
    for version, one in enumerate(decided, start=first + 1):
        said = dossier.present(plan, one.decided_at or since) | {"aggregate_version": version}
        facts.append(one.fact_type(**said, **one.issued))
    return facts


def _standing(dossier: Dossier, plan: Sequence[Step], since: datetime) -> DossierEvent:
    at = dossier.closed_at or since
    said = dossier.present(plan, at)
    if dossier.state == State.REJECTED:
        return DossierRejected(**said, **dossier.issued, rejected_at=at)
    if dossier.state == State.RESULT_READY:
        return ResultReady(**said, **dossier.issued, ready_at=at)
    if dossier.state == State.FORWARDED:
        return DossierOpened(**said)
    return (DossierAssigned if dossier.officer_id else StepCompleted)(**said)
