"""Let a dossier wait for its applicant once the desk has asked, and go on at the same step once the answer is there."""

from datetime import date, datetime

from common.inbox import NotYetError
from procedures import Step
from pydantic import BaseModel
from regulation.clock import due, rule_for
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.rules import HandlingRules
from processing.models import Dossier, Elsewhere
from processing.queries import extensions, supplements

RECOUNTED = "Người nộp đã bổ sung hồ sơ; thời hạn giải quyết được tính lại."


class Asked(BaseModel, frozen=True):
    """The desk asked the applicant; `handling` says that the dossier had been accepted."""

    code: str
    competent_agency: str
    requested_at: datetime
    answer_by_on: date
    handling: bool


class Supplied(BaseModel, frozen=True):
    """The applicant answered; `due_at` is when the dossier is due now."""

    code: str
    competent_agency: str
    supplied_at: datetime
    due_at: datetime


async def pause_dossier(session: AsyncSession, asked: Asked) -> None:
    """Stop the clock of a dossier from the moment the desk asked; told twice, or too late, it changes nothing.

    Raises:
        NotYetError: the dossier has not arrived.

    Source: TN Đ.11.4.c; NĐ 61/2018 Đ.19.8; R-PRC-10
    """
    if not asked.handling:
        return
    dossier = await _told(session, asked)
    if dossier is None or dossier.closed:
        return
    drafted = await supplements.of_dossier(session, dossier.code)
    if dossier.paused_at is not None or asked.requested_at in {one.requested_at for one in drafted}:
        return
    for one in drafted:
        one.requested_at = one.requested_at or asked.requested_at
    dossier.paused_at, dossier.answer_by_on = asked.requested_at, asked.answer_by_on


async def resume_dossier(session: AsyncSession, supplied: Supplied, rules: HandlingRules) -> None:
    """Let the clock run again to its new due time; the dossier is back at its step with the step's own hours anew.

    A step that was late when the wait began stays late: no request turns it on time.
    A new date that still waits for a leader falls away: the time is counted anew.

    Raises:
        NotYetError: the dossier has not arrived, or not yet what the desk asked.

    Source: TN Đ.11.4.c; NĐ 61/2018 Đ.19.8; R-PRC-10
    """
    dossier = await _told(session, supplied)
    if dossier is None or dossier.closed:
        return
    asked = [one for one in await supplements.of_dossier(session, dossier.code) if one.requested_at]
    if dossier.paused_at is None:
        answered = {one.supplied_at for one in asked}
        if supplied.supplied_at in answered or (not asked and supplied.due_at == dossier.due_at):
            return
        raise NotYetError("supplement request", dossier.code)
    for one in asked:
        one.supplied_at = one.supplied_at or supplied.supplied_at
    began, dossier.paused_at, dossier.answer_by_on = dossier.paused_at, None, None
    if supplied.due_at == dossier.due_at:
        return
    await _recount(session, dossier, supplied, rules)
    if began <= dossier.step_due_at:
        procedure = await queries.procedure_of(session, dossier)
        step = next(one for one in procedure.steps if one.id == dossier.step_id)
        await _recount_step(session, dossier, step, supplied.supplied_at, rules)


async def _recount_step(
    session: AsyncSession, dossier: Dossier, step: Step, start: datetime, rules: HandlingRules
) -> None:
    own = due(rule_for(step.time), start, step.time, rules.calendar)
    at_hand = await queries.current_record(session, dossier)
    dossier.step_due_at = at_hand.due_at = min(own.due_at, dossier.due_at)
    at_hand.ledger = own.facts()


async def _recount(session: AsyncSession, dossier: Dossier, supplied: Supplied, rules: HandlingRules) -> None:
    start = supplied.supplied_at
    dossier.due_at, dossier.reminded_at = supplied.due_at, None
    dossier.soon_at = rules.reminder.soon_at(start, supplied.due_at, rules.calendar)
    if dossier.extended_until is not None:
        dossier.extended_until = max(dossier.extended_until, dossier.due_at)
    waits = extensions.waiting(await extensions.of_dossier(session, dossier.code))
    if waits is not None:
        waits.sent_back_at, waits.sent_back_remarks = start, RECOUNTED
        dossier.extending = False


async def _told(session: AsyncSession, told: Asked | Supplied) -> Dossier | None:
    """Return the dossier, locked; None where another instance settles it. Raises: NotYetError."""
    dossier: Dossier | None = await session.get(Dossier, told.code, with_for_update=True)
    if dossier is None and await session.get(Elsewhere, told.code) is None:
        raise NotYetError("dossier", told.code)
    return dossier
