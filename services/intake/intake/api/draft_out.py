"""The shape in which a draft leaves intake, with everything its pages need."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from common.errors import FieldProblem
from eforms import Settled, applicant_of, page_problems
from files.kinds import accepted_kinds, picker, spoken
from procedures import Component, Procedure
from pydantic import BaseModel
from regulation.channels import Channel
from regulation.text import Lang
from regulation.zone import local_day

from intake.api.attachments import AttachmentOut
from intake.api.deps import Visit
from intake.api.dossier_shapes import UploadLimitsOut
from intake.domain.availability import Availability, coming_version, obstacles
from intake.domain.completeness import component_problems, missing_components
from intake.domain.confirming import fingerprint
from intake.domain.declaration import judge
from intake.domain.submitter import DEFINITION, judged, with_papers
from intake.domain.unsigned import WORDS
from intake.domain.vault import VAULT
from intake.models import Attachment, Draft
from intake.queries.catalogue import availability_of, pinned_procedure
from intake.queries.drafts import draft_files
from intake.queries.vault import reuse_problems, vault_of_draft


class ProblemOut(BaseModel):
    """One thing to mend: field, rule, sentence."""

    field: str
    rule: str
    message: str


class WarningOut(BaseModel):
    """Something to know before submitting."""

    code: str
    message: str


class DraftComponentOut(BaseModel):
    """One paper of the procedure and whether a file is still needed; `accepts` is what a file picker offers."""

    id: str
    name: str
    required: bool
    needed: bool
    filled_by_form: bool
    originals: int
    copies: int
    form_id: str | None
    accepts: list[str]
    kinds: list[str]


class SubmitterFormOut(BaseModel):
    """The questions about who hands in for whom, and what was answered; empty for who applies himself."""

    eform: dict[str, Any]
    answers: dict[str, Any]


class DeclarationOut(BaseModel):
    """The declaration to confirm."""

    version: str
    vi: str
    en: str


class DraftOut(BaseModel):
    """A draft with everything its pages need."""

    id: uuid.UUID
    version: int
    procedure_code: str
    procedure_version: int
    procedure_name: str
    agency: str
    agency_name: str
    case: str | None
    eform: dict[str, Any] | None
    components: list[DraftComponentOut]
    upload_limits: UploadLimitsOut
    answers: dict[str, Any]
    submitter: SubmitterFormOut
    attachments: list[AttachmentOut]
    declaration: DeclarationOut
    fee: str
    result_channels: list[str]
    result_channel: str | None
    result_address: str | None
    warnings: list[WarningOut]
    problems: list[ProblemOut]
    updated_at: datetime
    unsigned: str = ""
    """What it leads to that nobody signs it, in words; empty for nothing."""
    fingerprint: str = ""
    """The mark of what stands in it, which a code at the counter confirms."""


class DraftRow(BaseModel):
    """A draft in the list of drafts; the name of the applicant is empty until it is answered."""

    id: uuid.UUID
    version: int
    procedure_code: str
    procedure_name: str
    agency: str
    agency_name: str
    applicant_name: str
    updated_at: datetime


class DraftListOut(BaseModel):
    """All open drafts of the caller."""

    items: list[DraftRow]
    total: int


async def show(visit: Visit, draft: Draft, page: str | None = None) -> DraftOut:
    """Return the draft as its pages need it, with the problems of one page or of the whole."""
    session, means, lang = visit.session, visit.means, visit.lang
    pinned = await pinned_procedure(session, draft.procedure_code, draft.procedure_version)
    procedure = with_papers(pinned, draft.submitter)
    files = await draft_files(session, draft.id)
    available = await availability_of(session, procedure, draft.agency, local_day(visit.now))
    settled, missing, problems = _judged(procedure, draft, files, local_day(visit.now))
    problems = _shown(procedure, [*problems, *await _reused(visit, draft, files)], page)
    offer, form = procedure.offer(draft.agency), procedure.form
    channel = Channel.COUNTER if visit.caller.is_officer else Channel.ONLINE
    return DraftOut(
        id=draft.id,
        version=draft.version,
        procedure_code=procedure.code,
        procedure_version=procedure.version,
        procedure_name=procedure.title(lang),
        agency=draft.agency,
        agency_name=available.agency_name or draft.agency,
        case=draft.case_id,
        eform=dict(procedure.definition) if procedure.definition else None,
        components=_components(procedure, draft.case_id, {item.id for item in missing}, lang),
        upload_limits=UploadLimitsOut.of(means.limits),
        answers=draft.answers,
        submitter=SubmitterFormOut(eform=DEFINITION, answers=draft.submitter),
        attachments=[AttachmentOut.of(file) for file in files],
        declaration=DeclarationOut(
            version=form.declaration_version, vi=form.declaration.vi, en=form.declaration.en
        ),
        fee=procedure.charge(draft.case_id, channel, settled.answers).words(lang),
        result_channels=list(means.rules.result_channels(offer.service_level if offer else "")),
        result_channel=draft.result_channel,
        result_address=draft.result_address,
        warnings=_warnings(available, procedure, visit),
        problems=[ProblemOut(field=p.field, rule=p.rule, message=p.message(lang)) for p in problems],
        updated_at=draft.updated_at,
        unsigned=_unsigned(visit, offer.service_level if offer else None),
        fingerprint=fingerprint(draft.answers, draft.submitter),
    )


def _unsigned(visit: Visit, level: str | None) -> str:
    """Say what an unsigned submission leads to; at the counter people sign. Source: NB Đ.14.3.a; R-SUB-08"""
    found = None if visit.caller.is_officer else visit.means.rules.unsigned(level)
    return WORDS[found].told(visit.lang) if found else ""


def _shown(procedure: Procedure, problems: list[FieldProblem], page: str | None) -> list[FieldProblem]:
    """Return the problems of one page, or all of them."""
    return problems if page is None else page_problems(procedure.form, problems, page)


async def _reused(visit: Visit, draft: Draft, files: Sequence[Attachment]) -> list[FieldProblem]:
    """Return what is wrong by now with papers that came out of the vault."""
    if all(file.source != VAULT for file in files):
        return []
    owner = await vault_of_draft(visit.session, visit.caller, draft)
    here = Attachment.draft_id == draft.id
    return await reuse_problems(visit.session, here, (owner,), local_day(visit.now))


def _warnings(available: Availability, procedure: Procedure, visit: Visit) -> list[WarningOut]:
    """Return what would stop the submission today, and a version that is on its way."""
    today = local_day(visit.now)
    warnings = [
        WarningOut(code=obstacle.code, message=obstacle.message(visit.lang))
        for obstacle in obstacles(available, procedure.version, today)
    ]
    if coming := coming_version(available, procedure.version):
        warnings.append(WarningOut(code="new-version-coming", message=coming.message(visit.lang)))
    return warnings


def _judged(
    procedure: Procedure, draft: Draft, files: Sequence[Attachment], today: date
) -> tuple[Settled, list[Component], list[FieldProblem]]:
    """Return the answers that count, the papers that still need a file, and everything that is wrong or missing."""
    settled, problems = judge(procedure.form, draft.answers, today)
    missing = _missing(procedure, draft, files, settled)
    problems += judged(draft.submitter, applicant_of(procedure.form, settled.answers), today)[1]
    return settled, missing, problems + component_problems(missing)


def _missing(
    procedure: Procedure, draft: Draft, files: Sequence[Attachment], settled: Settled
) -> list[Component]:
    """Return the components that still need a file."""
    attached = {file.component_id for file in files}
    return missing_components(procedure, draft.case_id, attached, settled.required_components)


def _components(
    procedure: Procedure, case: str | None, needed: set[str], lang: Lang
) -> list[DraftComponentOut]:
    return [
        DraftComponentOut(
            id=item.id,
            name=item.label(lang),
            required=item.required,
            needed=item.id in needed,
            filled_by_form=procedure.filled_by_form(item),
            originals=item.originals,
            copies=item.copies,
            form_id=item.form_id,
            accepts=picker(accepted_kinds(item.accepts)),
            kinds=spoken(accepted_kinds(item.accepts)),
        )
        for item in procedure.papers(case)
    ]
