"""Propose that the applicant is promised a new date."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.deeds import Deed
from processing.domain.errors import ExtensionWaitsError
from processing.domain.extension import check_new_date
from processing.domain.rules import HandlingRules
from processing.models import Dossier, Extension
from processing.queries import Target, extensions


async def propose_extension(
    session: AsyncSession,
    target: Target,
    *,
    version: int,
    reason: str,
    until_on: date,
    now: datetime,
    rules: HandlingRules,
) -> Dossier:
    """Put a new date with its reason before a leader; nothing changes for the applicant before it is signed.

    Raises:
        ForbiddenError: the caller handles no dossiers.
        StaleVersionError: somebody changed the dossier meanwhile.
        StepNotYoursError: another officer handles the dossier.
        ExtensionUsedError: the new date was given already.
        ExtensionTooLateError: the applicant would learn of it too late.
        ExtensionWaitsError: a proposal waits already.
        InvalidInputError: the reason is empty, or the date is not after the old one, or too far away.

    Source: NĐ 61/2018 Đ.19.9; TN Đ.11.4.g; R-PRC-14
    """
    dossier = await queries.dossier_to_change(session, target, Deed.EXTENSION_PROPOSAL)
    dossier.expect_running(version, now)
    dossier.expect_step_for(Deed.EXTENSION_PROPOSAL)
    dossier.expect_in_hands_of(target.caller.subject)
    made = await extensions.of_dossier(session, dossier.code)
    clock = extensions.clock_of(dossier, made, rules)
    clock.expect_open(now, rules.calendar)
    if extensions.waiting(made):
        raise ExtensionWaitsError(dossier=dossier.code)
    until = check_new_date(reason, until_on, clock, rules.calendar)
    dossier.extending = True
    session.add(_proposal(dossier, len(made) + 1, until, reason.strip(), by=target.caller.subject, now=now))
    await session.flush()
    return dossier


def _proposal(
    dossier: Dossier, number: int, until: datetime, reason: str, *, by: str, now: datetime
) -> Extension:
    return Extension(
        dossier_code=dossier.code,
        number=number,
        previous_due_at=dossier.due_at,
        until=until,
        reason=reason,
        proposed_by=by,
        proposed_at=now,
    )
