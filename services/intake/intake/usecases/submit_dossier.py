"""Submit a dossier: everything checked at once, then one statement gives it its code and announces it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, NoReturn

import orjson
from asyncpg import UniqueViolationError
from common.database import Database
from common.errors import DomainError, InvalidInputError, StaleVersionError
from common.ids import uuid7
from common.outbox import outbox_values
from common.security import Caller
from eforms import Settled, applicant_of
from procedures import Procedure
from regulation.roles import Right, who_may

from intake.domain.completeness import component_problems, missing_components
from intake.domain.declaration import judge
from intake.domain.errors import (
    DeclarationMissingError,
    DraftAlreadySubmittedError,
    DraftNotFoundError,
    RequestKeyReusedError,
)
from intake.domain.numbering import code_parts
from intake.domain.problems import unknown_case
from intake.domain.rules import check_due, choose_channel
from intake.domain.search import search_key
from intake.domain.standing import obstacles
from intake.domain.submission import next_steps
from intake.domain.times import local_day
from intake.events import DossierSubmitted
from intake.ports import Office
from intake.queries.catalogue import procedure_on_shelf, standing_of
from intake.queries.submission import CODE, Announcement, Keyed, NewDossier, Numbering, SubmissionBook


@dataclass(frozen=True)
class RequestKey:
    """The client's key of one submission; `scope` is who and where, `content` the digest of what was sent."""

    scope: str
    key: str
    content: str


@dataclass(frozen=True)
class Submission:
    """What the applicant hands in: a draft, or everything at once."""

    agency: str = ""
    procedure_code: str = ""
    procedure_version: int = 0
    case: str | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    declaration_accepted: bool = False
    declaration_version: str = ""
    result_channel: str | None = None
    result_address: str | None = None
    draft_id: uuid.UUID | None = None
    draft_version: int = 0
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Attempt:
    """One try at submitting: who, with what at hand, under which key, when."""

    database: Database
    book: SubmissionBook
    office: Office
    caller: Caller
    key: RequestKey
    lang: str
    now: datetime


async def submit_dossier(
    database: Database,
    book: SubmissionBook,
    office: Office,
    caller: Caller,
    submission: Submission,
    *,
    key: RequestKey,
    lang: str,
    now: datetime,
) -> str:
    """Turn a complete submission into a dossier and return the answer as JSON text.

    A repeat with the same key gets the first answer, whatever has changed since.

    Raises:
        ForbiddenError: the caller is no applicant.
        InvalidInputError: every missing or wrong answer and every missing paper.
        DeclarationMissingError, DraftNotFoundError, DraftAlreadySubmittedError, StaleVersionError,
        ProcedureClosedError, ProcedureVersionSupersededError, AgencyWithoutDeskError, RequestKeyReusedError.

    Source: TN Đ.11.2; TN PL.B1; NB Đ.14.1; R-SUB-01, R-SUB-14, R-SUB-15, R-SUB-23
    """
    caller.require(*who_may(Right.SUBMIT_DOSSIER))
    attempt = _Attempt(database, book, office, caller, key, lang, now)
    try:
        return await _submit(attempt, submission)
    except DomainError:
        if (first := await _repeat(book, key)) is not None:
            return first
        raise


async def _submit(attempt: _Attempt, asked: Submission) -> str:
    submission = await _load(attempt, asked)
    code, version = submission.procedure_code, submission.procedure_version
    procedure = await procedure_on_shelf(attempt.database, code, version)
    settled = _judge(attempt, procedure, submission)
    dossier = _dossier(attempt, procedure, submission, settled)
    try:
        given = await attempt.book.write(dossier)
    except UniqueViolationError:  # the same key or the same draft won the race
        await _load(attempt, asked)
        raise StaleVersionError from None
    if given is None:
        await _explain(attempt, procedure, submission)
    return dossier["answer"].replace(CODE, given)


async def _load(attempt: _Attempt, asked: Submission) -> Submission:
    """Return the submission with what its draft says; an inline one as it is."""
    if asked.draft_id is None:
        return asked
    draft = await attempt.book.draft(asked.draft_id, attempt.caller.subject)
    if draft is None:
        raise DraftNotFoundError
    if draft.submitted_code is not None:
        raise DraftAlreadySubmittedError(dossier=draft.submitted_code)
    return replace(
        asked,
        agency=draft.agency,
        procedure_code=draft.procedure_code,
        procedure_version=draft.procedure_version,
        case=draft.case,
        answers=draft.answers,
        draft_version=draft.version,
        files=draft.files,
        result_channel=asked.result_channel or draft.result_channel,
        result_address=asked.result_address or draft.result_address,
    )


def _judge(attempt: _Attempt, procedure: Procedure, submission: Submission) -> Settled:
    """Return the answers that count, or raise everything that is missing or wrong at once."""
    form = procedure.form
    settled, problems = judge(form, submission.answers, local_day(attempt.now))
    attached = {component for component, _ in submission.files}
    problems += component_problems(
        missing_components(procedure, submission.case, attached, settled.required_components)
    )
    if submission.case is not None and submission.case not in procedure.case_ids:
        problems.append(unknown_case(submission.case))
    if problems:
        raise InvalidInputError(problems)
    expected = form.declaration_version
    if not submission.declaration_accepted or submission.declaration_version != expected:
        raise DeclarationMissingError(field="declaration_accepted", rule="accepted", expected=expected)
    return settled


def _dossier(attempt: _Attempt, procedure: Procedure, submission: Submission, settled: Settled) -> NewDossier:
    """Return everything to be written, and the answer, both before the code is known."""
    office, now, key, agency = attempt.office, attempt.now, attempt.key, submission.agency
    day = local_day(now)
    offer = procedure.offer(agency)
    level = offer.service_level if offer else ""
    channel = choose_channel(office.rules, level, submission.result_channel, submission.result_address)
    due_at = check_due(office.rules, now, office.calendar)
    applicant = applicant_of(procedure.form, settled.answers)
    from_vault = any(source == "vault" for _, source in submission.files)
    document_id = uuid7()
    return NewDossier(
        agency=agency,
        day=day,
        procedure_code=procedure.code,
        procedure_version=procedure.version,
        **_numbering(agency, day, office),
        **_request_key(key),
        answer=_answer(agency, now, due_at, document_id, next_steps(attempt.lang, due_at, channel)),
        draft_id=submission.draft_id,
        draft_version=submission.draft_version,
        owner_id=attempt.caller.subject,
        applicant_name=applicant["name"],
        applicant=applicant,
        email=applicant["email"] or None,
        phone=applicant["phone"] or None,
        search_key=search_key(applicant["name"]),
        submitted_at=now,
        from_vault=from_vault,
        field=procedure.field,
        case_id=submission.case,
        service_level=level,
        answers=settled.answers,
        declaration_version=submission.declaration_version,
        result_channel=channel,
        result_address=submission.result_address,
        check_due_at=due_at,
        document_id=document_id,
        **_announcement(_fact(attempt, procedure, agency, due_at, from_vault)),
    )


def _numbering(agency: str, day: date, office: Office) -> Numbering:
    head, tail = code_parts(agency, day, office.rules.code_pattern)
    return {"code_head": head, "code_tail": tail}


def _request_key(key: RequestKey) -> Keyed:
    return {"key_scope": key.scope, "key": key.key, "content_hash": key.content}


def _announcement(said: DossierSubmitted) -> Announcement:
    fact = outbox_values(said, "intake")
    return {
        "event_id": fact.id,
        "event_type": fact.type,
        "routing_key": fact.routing_key,
        "envelope": fact.envelope_json,
    }


def _answer(agency: str, now: datetime, due_at: datetime, document_id: uuid.UUID, steps: list[str]) -> str:
    return orjson.dumps(
        {
            "code": CODE,
            "agency": agency,
            "submitted_at": now,
            "check_due_at": due_at,
            "confirmation_url": f"/api/intake/dossiers/{CODE}/documents/{document_id}",
            "next_steps": steps,
        },
        option=orjson.OPT_UTC_Z,
    ).decode()


def _fact(
    attempt: _Attempt, procedure: Procedure, agency: str, due_at: datetime, from_vault: bool
) -> DossierSubmitted:
    now, subject = attempt.now, attempt.caller.subject
    return DossierSubmitted(
        aggregate_id=CODE,
        aggregate_version=1,
        agency=agency,
        occurred_at=now,
        code=CODE,
        owner_id=subject,
        submitter_id=subject,
        procedure_code=procedure.code,
        procedure_version=procedure.version,
        field=procedure.field,
        channel="online",
        place_of_help=None,
        receiving_point=agency,
        competent_agency=agency,
        state="submitted",
        submitted_at=now,
        check_due_at=due_at,
        verified_identity=False,
        digitised=False,
        reused=from_vault,
        from_vault=from_vault,
        paid_online=False,
    )


async def _explain(attempt: _Attempt, procedure: Procedure, submission: Submission) -> NoReturn:
    """Find out why nothing was written and say it."""
    today = local_day(attempt.now)
    async with attempt.database.sessions() as session:
        standing = await standing_of(session, procedure, submission.agency, today)
    for obstacle in obstacles(standing, procedure.version, today):
        raise obstacle
    await _load(attempt, submission)
    raise StaleVersionError


async def _repeat(book: SubmissionBook, key: RequestKey) -> str | None:
    """Return the first answer to this key, None when it is new."""
    first = await book.first_answer(key.scope, key.key)
    if first is None:
        return None
    if first.request_hash != key.content:
        raise RequestKeyReusedError(field="Idempotency-Key", rule="unused")
    return first.body
