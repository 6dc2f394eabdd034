"""Tell again where the dossiers stand, for a service that begins later than they did."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from common.announcing import Told
from procedures import Step
from regulation.states import State
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.events import (
    ConsultationAnswered,
    ConsultationLapsed,
    ConsultationWithdrawn,
    DossierAssigned,
    DossierConsulted,
    DossierEvent,
    DossierExtended,
    DossierOpened,
    DossierRejected,
    ResultReady,
    StepCompleted,
    SupplementDrafted,
)
from processing.models import Consultation, Dossier, Extension, StepRecord, Supplement
from processing.queries import consultations


class Later(NamedTuple):
    """One fact that is told beside the steps: when it was, what it is, and what only it says."""

    at: datetime
    kind: type[DossierEvent]
    own: dict[str, Any]


async def announce_dossiers(session: AsyncSession, after: str, limit: int) -> Sequence[Told]:
    """Return the next dossiers after a code, each with the fact that tells where it stands and those beside it."""
    dossiers = select(Dossier).where(Dossier.code > after).order_by(Dossier.code).limit(limit)
    rows = (await session.scalars(dossiers)).all()
    begun = (
        select(StepRecord.dossier_code, func.max(StepRecord.started_at))
        .where(StepRecord.dossier_code.in_([row.code for row in rows]))
        .group_by(StepRecord.dossier_code)
    )
    since = dict((await session.execute(begun)).tuples().all())
    beside = await _beside(session, [row.code for row in rows])
    told = []
    for row in rows:
        plan = (await queries.procedure_of(session, row)).steps
        told.append(Told(row.code, _standing_facts(row, plan, since[row.code], beside[row.code])))
    return told


async def _beside(session: AsyncSession, codes: Sequence[str]) -> dict[str, list[Later]]:
    """Return by dossier what was told beside its steps: opinions, new dates, decisions about its result, in order."""
    found: dict[str, list[Later]] = {code: [] for code in codes}
    for asked in await session.scalars(select(Consultation).where(Consultation.dossier_code.in_(codes))):
        tell = [one.id for one in await consultations.answerers(session, asked.agency, asked.unit)]
        found[asked.dossier_code] += _opinion(
            asked, tell if asked.answered_at is None and asked.withdrawn_at is None else []
        )
    signed = (Extension.dossier_code.in_(codes), Extension.decided_at.is_not(None))
    for made in await session.scalars(select(Extension).where(*signed)):
        own: dict[str, Any] = {"due_at": made.previous_due_at, "extended_at": made.decided_at}
        own |= {"until": made.until, "reason": made.reason}
        own |= {"document": made.document, "signer": made.signer}
        found[made.dossier_code].append(Later(made.decided_at or made.proposed_at, DossierExtended, own))
    for drafted in await session.scalars(select(Supplement).where(Supplement.dossier_code.in_(codes))):
        own = {**drafted.told, "tell": []}  # a draft told again asks nobody at the desk anew
        found[drafted.dossier_code].append(Later(drafted.drafted_at, SupplementDrafted, own))
    for code, revoked in (await queries.revocations(session, codes)).items():
        found[code] += [Later(one.decided_at, one.fact_type, one.issued) for one in revoked if one.decided_at]
    return {code: sorted(later, key=lambda one: one.at) for code, later in found.items()}


def _opinion(asked: Consultation, tell: list[str]) -> list[Later]:
    """Return what was told of an opinion; of one that is given nobody is asked again."""
    facts = [Later(asked.asked_at, DossierConsulted, {**asked.told, "tell": tell})]
    if asked.lapsed_at:
        facts.append(Later(asked.lapsed_at, ConsultationLapsed, {**asked.told, "tell": tell}))
    if asked.withdrawn_at:
        facts.append(Later(asked.withdrawn_at, ConsultationWithdrawn, {**asked.told, "tell": []}))
    if asked.answered_at:
        own = {**asked.told, "answered_at": asked.answered_at}
        facts.append(Later(asked.answered_at, ConsultationAnswered, own))
    return facts


def _standing_facts(
    dossier: Dossier, plan: Sequence[Step], since: datetime, later: Sequence[Later]
) -> list[DossierEvent]:
    """Return where a dossier stands, then what was told beside its steps, with the newest versions it has."""
    first = dossier.announced - len(later)
    facts = [_standing(dossier, plan, since).model_copy(update={"aggregate_version": first})]
    for version, one in enumerate(later, start=first + 1):
        said = dossier.present(plan, one.at) | {"aggregate_version": version}
        facts.append(one.kind(**said, **one.own))
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
