"""Pass a dossier on: with the applicant's consent it goes to the competent agency with its answers and files."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from common.ids import uuid7
from eforms import tidy
from files.scanning import Scan
from procedures import Procedure
from regulation.zone import local_day
from sqlalchemy import select

from intake.domain.errors import DraftAlreadySubmittedError, TooManyDraftsError
from intake.domain.life_cycle import Action
from intake.domain.vault import VAULT
from intake.models import Attachment, Dossier, Draft, Step
from intake.queries.belongings import dossier_files
from intake.queries.catalogue import offered_procedure
from intake.queries.dossiers import Act
from intake.queries.drafts import drafts_count
from intake.queries.letters import current_files


async def pass_on_dossier(act: Act, *, most: int) -> Draft:
    """Begin a draft at the agency the notice named, with everything this dossier holds; nothing is typed again.

    The applicant looks it over and submits it there: consent is that deed, and the check clock runs at the competent
    agency. The dossier here stays closed, and its history says that it was passed on. What came out of the vault is
    offered there again, by what it counts then. Asked twice, it leads to the same draft.

    Raises:
        DossierNotFoundError, StaleVersionError, ActionNotAllowedError: it is not an own, redirected dossier.
        DraftAlreadySubmittedError: it is a dossier there already.
        TooManyDraftsError: the applicant has `most` drafts already.
        ProcedureNotFoundError, ProcedureClosedError, AgencyUnknownError, AgencyWithoutDeskError,
        ProcedureNotOnlineError: the competent agency takes it in another way, which the notice names.

    Source: NB Đ.16.1.a; R-INT-06
    """
    session, now = act.session, act.now
    dossier = await act.by_the_applicant()
    told = select(Step).where(Step.dossier_code == act.code, Step.action == Action.REDIRECT)
    step = (await session.scalars(told.order_by(Step.id.desc()).limit(1))).first()
    agency = str(step.details["competent_agency"]) if step else ""
    dossier.after(Action.PASS_ON)
    if begun := await _passed_on(act):
        return begun
    if await drafts_count(session, act.caller) >= most:
        raise TooManyDraftsError(most=most)
    procedure = await offered_procedure(session, dossier.procedure_code, agency, local_day(now))
    draft = _draft(act, dossier, procedure, agency)
    session.add(draft)
    told_of = {"competent_agency": agency, "draft": str(draft.id)}
    dossier.take(Action.PASS_ON, act.actor, now, details=told_of)
    await session.flush()
    given = [file for file in await dossier_files(session, act.code) if file.source != VAULT]
    session.add_all(_copies(draft, procedure, current_files(given), now))
    await session.flush()
    return draft


async def _passed_on(act: Act) -> Draft | None:
    """Return the draft that it was passed on with; None where there is none, or the applicant threw it away.

    Raises: DraftAlreadySubmittedError, where it is a dossier at the other agency already.
    """
    mine = select(Step).where(Step.dossier_code == act.code, Step.action == Action.PASS_ON)
    last = (await act.session.scalars(mine.order_by(Step.id.desc()).limit(1))).first()
    if last is None or "draft" not in last.details:
        return None
    begun = uuid.UUID(last.details["draft"])
    there = await act.session.scalar(select(Dossier.code).where(Dossier.draft_id == begun))
    if there is not None:
        raise DraftAlreadySubmittedError(dossier=there)
    return await act.session.get(Draft, begun)


def _draft(act: Act, dossier: Dossier, procedure: Procedure, agency: str) -> Draft:
    """Return the draft; a case or question that the version in force has no more is left out.

    Whoever had handed it in for the applicant does so no more where the applicants pass it on themselves.
    """
    return Draft(
        id=uuid7(),
        owner_id=act.caller.subject,
        procedure_code=procedure.code,
        procedure_version=procedure.version,
        agency=agency,
        case_id=dossier.case_id if dossier.case_id in procedure.case_ids else procedure.usual_case,
        answers=tidy(
            procedure.form, {n: v for n, v in dossier.answers.items() if n in procedure.form.questions}
        ),
        submitter=dict(dossier.submitter) if dossier.submitter_id == act.caller.subject else {},
        created_at=act.now,
        updated_at=act.now,
    )


def _copies(
    draft: Draft, procedure: Procedure, files: Iterable[Attachment], now: datetime
) -> list[Attachment]:
    """Name the files once more for the draft, as the store keeps each once; one not looked through yet stays here."""
    same = (
        "component_id",
        "name",
        "size",
        "media_type",
        "sha256",
        "rendition_sha256",
        "source",
        "scan",
        "scan_note",
    )
    return [
        Attachment(
            id=uuid7(),
            draft_id=draft.id,
            round=0,
            uploaded_by=draft.owner_id,
            uploaded_at=now,
            **{name: getattr(file, name) for name in same},
        )
        for file in files
        if file.scan in (Scan.CLEAN, Scan.NOT_SCANNED) and procedure.component(file.component_id) is not None
    ]
