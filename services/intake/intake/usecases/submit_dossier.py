"""Submit a dossier: everything checked at once, then one statement gives it its code and announces it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple, NoReturn

from asyncpg import UniqueViolationError
from common.database import Database
from common.errors import DomainError, InvalidInputError, StaleVersionError
from common.ids import uuid7
from common.outbox import outbox_values
from common.security import Caller
from eforms import Settled, applicant_of
from procedures import Procedure
from regulation.roles import who_may
from regulation.text import Lang
from regulation.zone import local_day

from intake.domain.actors import Actor
from intake.domain.availability import obstacles
from intake.domain.completeness import component_problems, missing_components
from intake.domain.confirming import fingerprint
from intake.domain.declaration import judge
from intake.domain.entry import came_in, said_at_birth, usual_way_back
from intake.domain.errors import (
    DeclarationMissingError,
    DraftAlreadySubmittedError,
    DraftNotFoundError,
    RequestKeyReusedError,
)
from intake.domain.late import LateFormTakenError
from intake.domain.numbering import code_parts
from intake.domain.papers import Paper
from intake.domain.problems import unknown_case
from intake.domain.rules import choose_channel
from intake.domain.submission import Submission, answer_text
from intake.domain.submitter import Standing, addresses, applicant_with, judged, standing_of, with_papers
from intake.events import DossierSubmitted
from intake.models import CODE, Birth, Birthplace, Filed, first_row
from intake.models.facts import facts_of
from intake.models.indexes import LATE_FORM
from intake.models.marks import keys_of, person_named
from intake.ports import Means
from intake.queries.catalogue import availability_of, procedure_on_shelf
from intake.queries.late import must_be_in_outage
from intake.queries.submission import SubmissionReads
from intake.queries.vault import must_be_reusable


class RequestKey(NamedTuple):
    """The client's key of one submission; `scope` is who and where, `content` the digest of what was sent."""

    scope: str
    key: str
    content: str


@dataclass(frozen=True)
class Tools:
    """What submitting works with: the means, the gathered reads, and the place where dossiers are born."""

    database: Database
    means: Means
    reads: SubmissionReads
    birthplace: Birthplace


@dataclass(frozen=True)
class _Attempt:
    """One try at submitting: who, with what at hand, under which key, when."""

    tools: Tools
    caller: Caller
    key: RequestKey
    lang: Lang
    now: datetime


async def submit_dossier(
    tools: Tools,
    caller: Caller,
    submission: Submission,
    *,
    key: RequestKey,
    lang: Lang,
    now: datetime,
) -> str:
    """Turn a complete submission into a dossier and return the answer as JSON text.

    A repeat with the same key gets the first answer, whatever has changed since.

    Raises:
        ForbiddenError: the caller is no applicant, and no desk officer for what came in at a desk.
        InvalidInputError: every missing or wrong answer and every missing paper.
        DeclarationMissingError, DraftNotFoundError, DraftAlreadySubmittedError, StaleVersionError,
        ConfirmationUnfitError, NotConfirmedByCodeError,
        ProcedureClosedError, ProcedureVersionSupersededError, AgencyWithoutDeskError,
        RequestKeyReusedError.

    Source: TN Đ.11.2; TN PL.B1; NB Đ.14.1; QT Đ.25.2; R-SUB-01, R-SUB-14, R-SUB-15, R-SUB-23, R-INT-16
    """
    caller.require(*who_may(submission.right))
    if submission.entry:
        submission.entry.must_fit()
    attempt = _Attempt(tools, caller, key, lang, now)
    try:
        return await _submit(attempt, submission)
    except DomainError:
        if (first := await _repeat(tools.reads, key)) is not None:
            return first
        raise


async def _submit(attempt: _Attempt, asked: Submission) -> str:
    submission = await _load(attempt, asked)
    code, version = submission.procedure_code, submission.procedure_version
    if submission.entry and (late := submission.entry.late):
        tools = attempt.tools
        await must_be_in_outage(tools.database, late, attempt.now, allowed=tools.means.rules.backfill)
    shelved = await procedure_on_shelf(attempt.tools.database, code, version)
    procedure = with_papers(shelved, submission.submitter)
    mark = fingerprint(submission.answers, submission.submitter)
    settled, submission = _judge(attempt, procedure, submission)
    applicant = applicant_of(procedure.form, settled.answers)
    if entry := submission.entry:
        reached = addresses(applicant, submission.submitter)
        entry.must_be_confirmed(attempt.caller.subject, submission.draft_id, mark, reached)
    people = await _whose(attempt, submission, applicant)
    if submission.draft_id and submission.reuses:
        owners = people[:1] if submission.entry else (attempt.caller.subject,)
        await must_be_reusable(attempt.tools.database, submission.draft_id, owners, local_day(attempt.now))
    birth = _birth(attempt, procedure, submission, settled, people)
    try:
        given = await attempt.tools.birthplace.write(birth)
    except UniqueViolationError as rival:  # the same key, the same draft or the same paper form won the race
        if rival.constraint_name == LATE_FORM:
            raise LateFormTakenError(field="form_number", rule="unique") from None
        await _load(attempt, asked)
        raise StaleVersionError from None
    if given is None:
        await _explain(attempt, procedure, submission)
    return birth.answer.replace(CODE, given)


async def _load(attempt: _Attempt, asked: Submission) -> Submission:
    """Return the submission with what its draft says; an inline one as it is."""
    if asked.draft_id is None:
        return asked
    draft = await attempt.tools.reads.draft(asked.draft_id, attempt.caller.subject)
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
        submitter=draft.submitter,
    )


def _judge(attempt: _Attempt, procedure: Procedure, submission: Submission) -> tuple[Settled, Submission]:
    """Return the answers that count, or raise everything that is missing or wrong at once."""
    form, today = procedure.form, local_day(attempt.now)
    settled, problems = judge(form, submission.answers, today)
    acting, wrong = judged(submission.submitter, applicant_of(form, settled.answers), today)
    problems += wrong
    attached = {component for component, _, _ in submission.files}
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
    return settled, replace(submission, submitter=acting)


def _birth(
    attempt: _Attempt, procedure: Procedure, submission: Submission, settled: Settled, people: tuple[str, str]
) -> Birth:
    """Return everything to be written, and the answer, both before the code is known."""
    means, now = attempt.tools.means, attempt.now
    by, day = _actor(attempt.caller), local_day(now)
    filed = _filed(attempt, procedure, submission, settled, people)
    row = first_row(filed, by, now)
    paper_id = uuid7()
    return Birth(
        row=row,
        by=by,
        day=day,
        code_parts=code_parts(submission.agency, day, means.rules.code_pattern),
        paper_id=paper_id,
        paper_kind=Paper.COVER if submission.entry else Paper.CONFIRMATION,
        paper=said_at_birth(submission.entry, procedure, filed, submission.files, filed["received_at"]),
        fact=outbox_values(_announcement(row), "intake"),
        request=attempt.key,
        answer=answer_text(CODE, filed, now, paper_id, attempt.lang),
        draft_version=submission.draft_version,
    )


def _actor(caller: Caller) -> Actor:
    """Return who writes it down: an officer with the office, anybody else as a citizen."""
    if caller.is_officer:
        return Actor(caller.subject, "officer", caller.agency, caller.unit)
    return Actor(caller.subject, "citizen")


async def _whose(attempt: _Attempt, submission: Submission, applicant: Mapping[str, str]) -> tuple[str, str]:
    """Return whose dossier it is and who hands it in: accounts where these are known, else people by their numbers."""
    ring, acting = attempt.tools.database.ring, submission.submitter
    account = attempt.caller.subject if submission.entry is None else ""
    if not acting and account:
        return account, account
    body = standing_of(acting) is Standing.MEMBER
    owner = person_named(acting["submitter_tax_code"] if body else applicant["id_number"], ring, body=body)
    submitter = account or (person_named(acting["submitter_id"], ring) if acting else owner)
    return await attempt.tools.reads.account_of(owner) or owner, submitter


def _filed(
    attempt: _Attempt, procedure: Procedure, submission: Submission, settled: Settled, people: tuple[str, str]
) -> Filed:
    """Return what is handed in, in the words of the dossier's row."""
    rules, agency, answers = attempt.tools.means.rules, submission.agency, settled.answers
    entry, form, level = submission.entry, procedure.form, procedure.level(agency)
    applicant = applicant_with(applicant_of(form, answers), submission.submitter)
    wanted = submission.result_channel or usual_way_back(entry, rules.result_channels(level))
    check = rules.check.starting(attempt.now, attempt.tools.means.calendar)
    ring = attempt.tools.database.ring
    keys = keys_of(form, procedure.code, answers, applicant, submitter=submission.submitter, ring=ring)
    from_vault = submission.reuses
    return {
        "draft_id": submission.draft_id,
        "owner_id": people[0],
        "submitter_id": people[1],
        "applicant_name": applicant["name"],
        "applicant": applicant,
        "submitter": submission.submitter,
        "email": applicant["email"] or None,
        "phone": applicant["phone"] or None,
        "search_key": keys["search_key"],
        "event_key": keys["event_key"],
        **came_in(entry, attempt.caller.agency, attempt.now),
        "receiving_point": agency,
        "competent_agency": agency,
        "reused": from_vault,
        "from_vault": from_vault,
        "procedure_code": procedure.code,
        "procedure_version": procedure.version,
        "field": procedure.field,
        "case_id": submission.case,
        "service_level": level,
        "answers": answers,
        "declaration_version": submission.declaration_version,
        "result_channel": choose_channel(rules, level, wanted, submission.result_address),
        "result_address": submission.result_address,
        "check_due_at": check.due_at,
        "check_ledger": check.facts(),
    }


def _announcement(row: Mapping[str, Any]) -> DossierSubmitted:
    """Return the fact; what it says beside every fact are columns of the row under the same names."""
    own = DossierSubmitted.model_fields.keys() & row.keys()
    return DossierSubmitted(**{name: row[name] for name in own} | facts_of(row))


async def _explain(attempt: _Attempt, procedure: Procedure, submission: Submission) -> NoReturn:
    """Find out why nothing was written and say it."""
    today = local_day(attempt.now)
    async with attempt.tools.database.sessions() as session:
        available = await availability_of(session, procedure, submission.agency, today)
    for obstacle in obstacles(available, procedure.version, today):
        raise obstacle
    await _load(attempt, submission)
    raise StaleVersionError


async def _repeat(reads: SubmissionReads, key: RequestKey) -> str | None:
    """Return the first answer to this key, None when it is new."""
    first = await reads.first_answer(key.scope, key.key)
    if first is None:
        return None
    if first.request_hash != key.content:
        raise RequestKeyReusedError(field="Idempotency-Key", rule="unused")
    return first.body
