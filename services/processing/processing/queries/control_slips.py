"""Everything that was handed over about a dossier, as the control slip lists it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from regulation.states import DECIDED
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.control_slip import HandOver
from processing.domain.outcomes import Action
from processing.models import Assignment, Consultation, Dossier, StepRecord, Supplement
from processing.queries import assignments, consultations, supplements

DESK = "Bộ phận Một cửa"
DONE: Mapping[str, str] = {
    Action.COMPLETED: "Đã xong bước",
    Action.PROPOSED: "Đã trình đề xuất",
    Action.APPROVED: "Đã duyệt",
    Action.SENT_BACK: "Trả lại",
    Action.SIGNED: "Đã ký",
    Action.HANDED_OVER: "Đã chuyển kết quả",
}
"""How a step ended, in the words of the slip."""


async def hand_overs(session: AsyncSession, dossier: Dossier) -> tuple[list[HandOver], list[str]]:
    """Return the hand-overs of a dossier and the names of the agencies that were consulted.

    Source: TT 01/2018 Đ.9; R-PRC-18
    """
    steps = await queries.step_records(session, dossier)
    given = await assignments.of_dossier(session, dossier.code)
    hands = [one for one in given if one.from_officer]
    asked = await consultations.of_dossier(session, dossier.code)
    people = [dossier.officer_id, dossier.received_by, *(one.actor_id for one in steps)]
    people += [who for one in given for who in (one.from_officer, one.officer_id)]
    people += [who for one in asked for who in (one.asked_by, one.answered_by)]
    wanting = await supplements.of_dossier(session, dossier.code)
    people += [one.drafted_by for one in wanting]
    names = await queries.officer_names(session, people)
    agencies = await consultations.agency_names(session, [dossier.agency, *(one.agency for one in asked)])
    made = _steps(dossier, steps, [one for one in given if not one.from_officer], names)
    made += [_transfer(one, names) for one in hands]
    made += [_opinion(one, names, agencies) for one in asked]
    made += [_wait(one, one.requested_at, names) for one in wanting if one.requested_at]
    made += [_receipt(dossier, steps, names)] if dossier.state in DECIDED and dossier.received_at else []
    return made, sorted(
        {agencies.get(one.agency, one.agency) for one in asked if one.agency != dossier.agency}
    )


def _steps(
    dossier: Dossier, steps: Sequence[StepRecord], taken: Sequence[Assignment], names: Mapping[str, str]
) -> list[HandOver]:
    """Return one hand-over for each step, to whoever took it first; whoever ended it hands it on."""
    made, giver = [], DESK
    for one in steps:
        who = one.actor_id or (None if one.ended_at else dossier.officer_id)
        first = next((it.officer_id for it in taken if _within(it, one)), who)
        taker = names.get(first or "", "")
        said = [DONE.get(one.action or "", ""), one.remarks or ""]
        note = ". ".join(part for part in said if part)
        made.append(HandOver(one.name, giver, taker, one.started_at, one.due_at, one.ended_at, note))
        giver = names.get(who or "", giver)
    return made


def _within(taken: Assignment, step: StepRecord) -> bool:
    return step.started_at <= taken.assigned_at and (
        step.ended_at is None or taken.assigned_at <= step.ended_at
    )


def _transfer(one: Assignment, names: Mapping[str, str]) -> HandOver:
    giver, taker = names.get(one.from_officer or "", ""), names.get(one.officer_id, "")
    return HandOver("Bàn giao người thụ lý", giver, taker, one.assigned_at, None, None, one.reason or "")


def _opinion(one: Consultation, names: Mapping[str, str], agencies: Mapping[str, str]) -> HandOver:
    place = f"Lấy ý kiến: {agencies.get(one.agency, one.agency)}"
    note = "Không trả lời đúng hạn" if one.lapsed_at else ""
    giver, taker = names.get(one.asked_by, ""), names.get(one.answered_by or "", "")
    return HandOver(place, giver, taker, one.asked_at, one.due_at, one.answered_at, note)


def _wait(one: Supplement, since: datetime, names: Mapping[str, str]) -> HandOver:
    """Return the wait for the applicant, during which the clock stands still. Source: TN Đ.11.4.c; R-PRC-10"""
    giver = names.get(one.drafted_by, "")
    return HandOver("Chờ người nộp bổ sung", giver, "Người nộp", since, None, one.supplied_at, one.reason)


def _receipt(dossier: Dossier, steps: Sequence[StepRecord], names: Mapping[str, str]) -> HandOver:
    giver = next((names[who] for one in reversed(steps) if (who := one.actor_id) and who in names), "")
    taker, at = names.get(dossier.received_by or "", ""), dossier.received_at or dossier.due_at
    return HandOver(f"{DESK} nhận kết quả", giver, taker, at, dossier.due_at, dossier.closed_at)
