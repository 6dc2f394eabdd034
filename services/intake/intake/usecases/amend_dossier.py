"""Amend a dossier: the applicant corrects answers or adds files before it is accepted, where the profile lets them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from common.errors import InvalidInputError
from common.outbox import record
from procedures import Procedure
from regulation.zone import local_day
from sqlalchemy import delete

from intake.domain.amending import NothingAmendedError, must_be_unasked
from intake.domain.declaration import judge
from intake.domain.life_cycle import Action
from intake.events import DossierResubmitted
from intake.models import Attachment, ChecklistItem, Dossier
from intake.ports import Means
from intake.queries.belongings import dossier_files
from intake.queries.dossiers import Act
from intake.queries.letters import procedure_of


async def amend_dossier(act: Act, means: Means, *, note: str, answers: Mapping[str, Any] | None) -> Dossier:
    """Take over corrected `answers` and the files attached since it was handed in; what was there before is kept.

    The check begins anew, for what was found then may not hold any more; findings about what did not change stay.

    Raises:
        DossierNotFoundError, StaleVersionError, ActionNotAllowedError: it is no own dossier that waits for its check.
        AmendedOnRequestOnlyError: the profile waits for the agency's request.
        NothingAmendedError, InvalidInputError: nothing differs, or an answer is not right.

    Source: HN Đ.5.2; BD Đ.15.4; QT Đ.15.3; NĐ 45/2020 Đ.12; R-SUB-16
    """
    session, now = act.session, act.now
    dossier = await act.by_the_applicant()
    must_be_unasked(means.rules.amend_unasked)
    procedure = await procedure_of(session, dossier)
    before, files = dossier.answers, await dossier_files(session, act.code, unsent=True)
    renewed = _renewed(files, dossier.check_started_at)
    settled = _settled(procedure, before if answers is None else answers, now)
    if settled == before and not renewed:
        raise NothingAmendedError(rule="differs")
    details = {"answers_before": before} if settled != before else {}
    dossier.take(Action.AMEND, act.actor, now, reason=note, details=details)
    _stand_in(files, renewed, dossier.check_started_at, now)
    for file in files:
        file.round = min(file.round, dossier.supplement_count)  # handed in with the rest
    dossier.answers = settled
    dossier.refresh_keys(procedure.form)
    check = means.rules.check.starting(now, means.calendar)
    dossier.start_check(now, check)
    await _forget_findings(act, dossier, renewed | _forms(procedure, dossier, settled != before))
    await session.flush()
    await record(
        session, DossierResubmitted(**dossier.facts(), resubmitted_at=now, check_due_at=check.due_at)
    )
    return dossier


async def _forget_findings(act: Act, dossier: Dossier, changed: set[str]) -> None:
    """Let what changed be judged again."""
    here = (ChecklistItem.dossier_code == act.code, ChecklistItem.round == dossier.supplement_count)
    await act.session.execute(delete(ChecklistItem).where(*here, ChecklistItem.component_id.in_(changed)))


def _settled(procedure: Procedure, answers: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Return the answers that count. Raises: InvalidInputError."""
    settled, problems = judge(procedure.form, answers, local_day(now))
    if problems:
        raise InvalidInputError(problems)
    return settled.answers


def _renewed(files: Sequence[Attachment], since: datetime) -> set[str]:
    """Return the components that have a file since the dossier was last handed in."""
    return {file.component_id for file in files if file.uploaded_at > since}


def _stand_in(files: Sequence[Attachment], renewed: set[str], since: datetime, now: datetime) -> None:
    """Mark the files that a newer one of the same component stands in for; they stay readable."""
    for file in files:
        if file.component_id in renewed and file.uploaded_at <= since and file.replaced_at is None:
            file.replaced_at = now


def _forms(procedure: Procedure, dossier: Dossier, corrected: bool) -> set[str]:
    """Return the components that the form itself is, where its answers changed."""
    papers = procedure.papers(dossier.case_id)
    return {one.id for one in papers if procedure.filled_by_form(one)} if corrected else set()
