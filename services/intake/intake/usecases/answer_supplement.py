"""Answer a supplement request: the dossier is back where it was, with a new clock."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from common.errors import InvalidInputError
from common.outbox import record
from procedures import Procedure
from regulation.clock import Ledger, Pause, resume
from regulation.zone import local_day
from sqlalchemy import and_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.declaration import judge
from intake.domain.errors import NothingSuppliedError
from intake.domain.life_cycle import Action
from intake.domain.papers import Paper, paper_number
from intake.events import DossierEvent, DossierResubmitted, DossierSupplemented
from intake.models import Attachment, ChecklistItem, Dossier, SupplementRequest, VaultPaper
from intake.ports import Means
from intake.queries.belongings import dossier_files, verdicts
from intake.queries.dossiers import Act
from intake.queries.letters import procedure_of
from intake.queries.places import free_components
from intake.queries.vault import kept_from, reuse_problems

GROUND: Final = "Người nộp bổ sung hồ sơ"


async def answer_supplement(
    act: Act, means: Means, *, note: str, answers: Mapping[str, Any] | None
) -> Dossier:
    """Hand in what was asked for, with corrected `answers` if any; earlier files and requests stay.

    A dossier at the desk is back in its queue with a new check clock; one that is handled is back at its step, and its
    clock runs again as the profile says.

    Raises:
        DossierNotFoundError, StaleVersionError, ActionNotAllowedError.
        NothingSuppliedError, InvalidInputError: a paper that was asked for, or a corrected answer, is not right.

    Source: HN Đ.5.2; BD Đ.15.4; QT Đ.30.1; TN Đ.11.4.c; R-INT-19, R-PRC-10
    """
    session, now = act.session, act.now
    dossier = await act.by_the_applicant()
    details: dict[str, Any] = {"number": dossier.supplement_count}
    if answers is not None:
        details["answers_before"] = dossier.answers
    action = Action.RESUBMIT if dossier.accepted_at is None else Action.SUPPLY
    dossier.after(action)
    request = await session.get_one(SupplementRequest, (act.code, dossier.supplement_count))
    procedure = await procedure_of(session, dossier)
    files = await dossier_files(session, act.code)
    _require_all(procedure, request, files)
    await _must_count(act, dossier)
    if answers is not None:
        _correct(dossier, procedure, answers, now)
    _replace_old(files, dossier.supplement_count, now)
    request.answered_at, request.answer_note = now, note or None
    if action is Action.SUPPLY:
        details["due_at"] = _resume(dossier, request, means, now).isoformat()
        await _keep_instead(act, means, dossier, procedure, files)
    else:
        dossier.start_check(now, means.rules.check.starting(now, means.calendar))
    dossier.take(action, act.actor, now, reason=note, details=details)
    await _carry_over(session, dossier, request, files)
    await session.flush()
    await record(session, _fact(dossier, action, request.number, now))
    return dossier


def _resume(dossier: Dossier, request: SupplementRequest, means: Means, now: datetime) -> datetime:
    """Let the handling clock run again and return when the dossier is due now."""
    wait = Pause(
        request.requested_at, now, GROUND, paper_number(Paper.SUPPLEMENT, dossier.code, request.number)
    )
    promised = Ledger.from_dict(dossier.ledger or {}, means.calendar)
    resumed = resume(promised, wait, means.rules.clock_on_supplement, means.calendar)
    dossier.resume(resumed)
    return resumed.due_at


def _fact(dossier: Dossier, action: Action, number: int, now: datetime) -> DossierEvent:
    if action is Action.RESUBMIT:
        return DossierResubmitted(**dossier.facts(), resubmitted_at=now, check_due_at=dossier.check_due_at)
    told = dossier.facts() | {"agency": dossier.competent_agency}
    return DossierSupplemented(**told, number=number, supplied_at=now, due_at=dossier.due_at)


def _require_all(procedure: Procedure, request: SupplementRequest, files: Sequence[Attachment]) -> None:
    """Refuse an answer that leaves a requested paper out; what the e-form itself is needs no file."""
    supplied = {file.component_id for file in files if file.round == request.number}
    asked = [procedure.component(item["component"]) for item in request.items]
    wanted = [item for item in asked if item is not None and not procedure.filled_by_form(item)]
    missing = [item.name for item in (*wanted, *free_components(request)) if item.id not in supplied]
    if missing:
        raise NothingSuppliedError(field="items", rule="complete", components="; ".join(missing))


async def _must_count(act: Act, dossier: Dossier) -> None:
    """Refuse an answer with a paper of the vault that expired or was revoked since it was taken. Source: R-VLT-04"""
    here, owners = Attachment.dossier_code == dossier.code, (dossier.owner_id, dossier.submitter_id)
    this_round = and_(here, Attachment.round == dossier.supplement_count)
    if problems := await reuse_problems(act.session, this_round, owners, local_day(act.now)):
        raise InvalidInputError(problems)


def _correct(dossier: Dossier, procedure: Procedure, answers: Mapping[str, Any], now: datetime) -> None:
    """Take the corrected answers in, and let the dossier be found by them."""
    settled, problems = judge(procedure.form, answers, local_day(now))
    if problems:
        raise InvalidInputError(problems)
    dossier.answers = settled.answers
    dossier.refresh_keys(procedure.form)


def _replace_old(files: Sequence[Attachment], number: int, now: datetime) -> None:
    """Mark the files that a newer one of the same component stands in for."""
    renewed = {file.component_id for file in files if file.round == number}
    for file in files:
        if file.component_id in renewed and file.round < number and file.replaced_at is None:
            file.replaced_at = now


async def _keep_instead(
    act: Act, means: Means, dossier: Dossier, procedure: Procedure, files: Sequence[Attachment]
) -> None:
    """Let the vault hold what stands in for a paper that was accepted and found wanting. Source: R-VLT-03; R-PRC-10"""
    renewed = [file for file in files if file.round == dossier.supplement_count]
    kept = {one.source: one for one in await kept_from(act.session, dossier.code, lock=True)}
    for paper in VaultPaper.given(means.rules.vault, dossier, procedure, renewed, act.now):
        if paper.source in kept:
            kept[paper.source].stand_for(paper)
        else:
            act.session.add(paper)


async def _carry_over(
    session: AsyncSession, dossier: Dossier, request: SupplementRequest, files: Sequence[Attachment]
) -> None:
    """Spare the officer judging again what was right and is unchanged."""
    asked = {item["component"] for item in request.items}
    renewed = {file.component_id for file in files if file.round == request.number}
    for name, found in (await verdicts(session, dossier.code, request.number - 1)).items():
        if found.verdict == "ok" and name not in asked | renewed:
            await session.execute(
                insert(ChecklistItem).values(
                    dossier_code=dossier.code,
                    round=request.number,
                    component_id=name,
                    verdict="ok",
                    note=found.note,
                    judged_by=found.judged_by,
                    judged_at=found.judged_at,
                )
            )
