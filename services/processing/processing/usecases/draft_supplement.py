"""Draft what the applicant is to add to a dossier that is handled; the desk asks for it."""

from datetime import datetime

from common.outbox import record
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.deeds import Deed
from processing.domain.supplement import Gap, check_gap
from processing.events import SupplementDrafted
from processing.models import Dossier, Supplement
from processing.queries import Target, supplements


async def draft_supplement(
    session: AsyncSession, target: Target, *, version: int, gap: Gap, now: datetime
) -> Dossier:
    """Put what is missing before the desk; nothing changes for the applicant before the desk has asked.

    Raises:
        ForbiddenError: the caller handles no dossiers.
        StaleVersionError: somebody changed the dossier meanwhile.
        StepOutOfOrderError: the dossier is with the leader.
        StepNotYoursError: another officer handles the dossier.
        WaitsForApplicantError: the applicant is asked already.
        InvalidInputError: the draft is not one complete request.

    Source: TN Đ.11.4.c; NĐ 61/2018 Đ.19.8; R-PRC-10
    """
    dossier = await queries.dossier_to_change(session, target, Deed.SUPPLEMENT_DRAFT)
    dossier.expect_running(version, now)
    dossier.expect_step_for(Deed.SUPPLEMENT_DRAFT)
    dossier.expect_in_hands_of(target.caller.subject)
    procedure = await queries.procedure_of(session, dossier)
    papers = procedure.papers(dossier.facts.get("case"))
    gap = check_gap(gap, papers)
    last = select(func.max(Supplement.number)).where(Supplement.dossier_code == dossier.code)
    drafted = _drafted(dossier, gap, (await session.scalar(last) or 0) + 1, target.caller.subject, now)
    session.add(drafted)
    tell = await supplements.askers(session, dossier.receiving_point)
    await record(session, dossier.tell(SupplementDrafted, procedure.steps, now, **drafted.told, tell=tell))
    await session.flush()
    return dossier


def _drafted(dossier: Dossier, gap: Gap, number: int, by: str, now: datetime) -> Supplement:
    return Supplement(
        dossier_code=dossier.code,
        number=number,
        reason=gap.reason.strip(),
        guidance=gap.guidance.strip(),
        items=[{"component": component, "note": note.strip()} for component, note in gap.items],
        free_items=[
            {"text": item.text.strip(), "legal_basis": item.legal_basis.strip()} for item in gap.free_items
        ],
        drafted_by=by,
        drafted_at=now,
    )
