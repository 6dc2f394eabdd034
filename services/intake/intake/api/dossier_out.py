"""The shape in which a dossier leaves intake, for its applicant and for officers alike."""

from collections.abc import Sequence
from datetime import datetime

from procedures import Procedure
from regulation.calendar import CalendarGapError
from regulation.clock import Ledger, Remaining, Urgency
from regulation.states import State
from regulation.text import Lang
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from intake.api.deps import Visit
from intake.api.dossier_birth import entry_out, submitter_out
from intake.api.dossier_components import components_out
from intake.api.dossier_shapes import (
    AgenciesOut,
    AlikeOut,
    DocumentOut,
    DossierOut,
    DossierRow,
    DueOut,
    DueRow,
    FlagsOut,
    ProcedureOut,
    StepsOut,
    TimelineRow,
    UploadLimitsOut,
)
from intake.api.dossier_standing import flags_of, whereabouts
from intake.api.passing_on_out import passing_on_out
from intake.api.pickup_out import pickup_out
from intake.api.supplement_out import RequestOut, draft_out, request_out
from intake.domain.alike import event_questions
from intake.domain.deeds import possible_deeds
from intake.domain.errors import ResultNotYoursError
from intake.domain.labels import action_label, revocation_sentence, state_label, state_tone
from intake.domain.papers import TITLES, Paper, PaperState
from intake.domain.supplement import open_draft
from intake.models import Agency, Attachment, Document, Dossier, Step
from intake.ports import Means
from intake.queries.belongings import (
    alike_dossiers,
    dossier_documents,
    dossier_files,
    dossier_requests,
    dossier_steps,
    verdicts,
)
from intake.queries.catalogue import agency_names
from intake.queries.changes import INTERNAL
from intake.queries.dossiers import may_have
from intake.queries.letters import procedure_of

_AS_IT_IS = (
    "code",
    "version",
    "state",
    "channel",
    "owner_id",
    "applicant_name",
    "applicant",
    "email",
    "phone",
    "answers",
    "submitted_at",
    "accepted_at",
    "extended_until",
    "check_due_at",
    "forward_due_at",
    "forwarded_at",
    "appointment",
    "result_channel",
    "result_address",
    "unit",
    "returned_at",
    "return_way",
    "updated_at",
)


def remaining(means: Means, started: datetime, due_at: datetime, now: datetime) -> Remaining | None:
    """Return how much of a deadline is left, negative when over; None where the calendar ends."""
    try:
        return means.rules.reminder.remaining(started, due_at, now, means.calendar)
    except CalendarGapError:
        return None


async def row_of(session: AsyncSession, dossier: Dossier, lang: Lang) -> DossierRow:
    """Return the dossier as lists show it."""
    procedure = await procedure_of(session, dossier)
    names = await agency_names(session, {dossier.receiving_point})
    return DossierRow(
        code=dossier.code,
        version=dossier.version,
        state=dossier.state,
        state_label=state_label(dossier.state, lang),
        tone=state_tone(dossier.state),
        procedure_code=procedure.code,
        procedure_name=procedure.title(lang),
        agency_name=_name(names, dossier.receiving_point, lang),
        submitted_at=dossier.submitted_at,
        due_at=dossier.due_at,
        extended_until=dossier.extended_until,
        updated_at=dossier.updated_at,
    )


async def show(visit: Visit, dossier: Dossier) -> DossierOut:
    """Return the dossier as the caller may see it."""
    session, means, lang, now = visit.session, visit.means, visit.lang, visit.now
    procedure = await procedure_of(session, dossier)
    officer = visit.caller.is_officer
    found = await verdicts(session, dossier.code, dossier.supplement_count) if officer else {}
    files, steps = await _contents(session, dossier, officer=officer)
    requests = await dossier_requests(session, dossier.code) if dossier.supplement_count else ()
    drafted = open_draft(steps) if officer and dossier.state == State.IN_PROCESS else None
    since = requests[-1].requested_at if requests and dossier.state == State.SUPPLEMENT_REQUESTED else now
    flags = flags_of(dossier, means.rules, since, drafted=drafted is not None)
    time = _check_left(means, dossier, flags, now)
    pickup = await pickup_out(visit, dossier, procedure, files) if officer else []
    where = whereabouts(dossier, flags, means.rules, drafted=drafted is not None, compared=bool(pickup))
    return DossierOut(
        **{name: getattr(dossier, name) for name in _AS_IT_IS},
        state_label=state_label(dossier.state, lang),
        tone=state_tone(dossier.state),
        procedure=_procedure(procedure, lang),
        agencies=await _agencies(session, dossier, lang),
        entry=entry_out(dossier, lang),
        submitter=submitter_out(dossier, lang),
        case=dossier.case_id,
        components=components_out(procedure, dossier, files, found, lang),
        upload_limits=UploadLimitsOut.of(means.limits),
        timeline=[_timeline_row(step, lang) for step in steps if officer or step.action not in INTERNAL],
        due=due_out(Ledger.from_dict(dossier.ledger), lang) if dossier.ledger else None,
        check_remaining_minutes=time.left if time else None,
        check_urgency=time.urgency if time else Urgency.PLENTY,
        documents=_documents(visit, dossier, await dossier_documents(session, dossier.code)),
        requests=[request_out(request, officer) for request in requests],
        supplement_draft=_draft(means, dossier, drafted, now),
        result_channels=list(means.rules.result_channels(dossier.service_level)),
        steps=_steps(dossier, lang),
        flags=flags,
        pickup=pickup,
        actions=possible_deeds(where, visit.caller),
        passing_on=await passing_on_out(session, visit.caller, dossier, steps, lang),
        alike=await _alike(visit, dossier, procedure) if officer else [],
    )


async def _contents(
    session: AsyncSession, dossier: Dossier, *, officer: bool
) -> tuple[Sequence[Attachment], Sequence[Step]]:
    """Return files and history; what is not sent yet is its sender's."""
    files = await dossier_files(session, dossier.code, unsent=not officer)
    return files, await dossier_steps(session, dossier.code)


def _check_left(means: Means, dossier: Dossier, flags: FlagsOut, now: datetime) -> Remaining | None:
    if not flags.checking:
        return None
    return remaining(means, dossier.check_started_at, dossier.check_due_at, now)


def _draft(means: Means, dossier: Dossier, draft: Step | None, now: datetime) -> RequestOut | None:
    """Describe what the unit drafted as the request it would be now."""
    if draft is None:
        return None
    answer_by_on = local_day(means.rules.answer.starting(now, means.calendar).due_at)
    return draft_out(draft, dossier.supplement_count + 1, answer_by_on)


async def _alike(visit: Visit, dossier: Dossier, procedure: Procedure) -> list[AlikeOut]:
    form, lang = procedure.form, visit.lang
    same = [
        getattr(form.questions[name].label, lang)
        for name in event_questions(form)
        if dossier.answers.get(name)
    ]
    return [
        AlikeOut(
            code=other.code,
            state=other.state,
            state_label=state_label(other.state, lang),
            submitted_at=other.submitted_at,
            same=same,
        )
        for other in await alike_dossiers(visit.session, visit.caller, dossier)
    ]


def _name(names: dict[str, Agency], code: str, lang: Lang) -> str:
    return names[code].title(lang) if code in names else code


def _procedure(procedure: Procedure, lang: Lang) -> ProcedureOut:
    return ProcedureOut(
        code=procedure.code,
        version=procedure.version,
        name=procedure.title(lang),
        field=procedure.field_name,
        eform=dict(procedure.definition) if procedure.definition else None,
    )


async def _agencies(session: AsyncSession, dossier: Dossier, lang: Lang) -> AgenciesOut:
    names = await agency_names(session, {dossier.receiving_point, dossier.competent_agency})
    return AgenciesOut(
        receiving_point=dossier.receiving_point,
        receiving_point_name=_name(names, dossier.receiving_point, lang),
        competent_agency=dossier.competent_agency,
        competent_agency_name=_name(names, dossier.competent_agency, lang),
        place_of_help=dossier.place_of_help,
        received_at=dossier.received_at,
        competent_received_at=dossier.competent_received_at,
    )


def _timeline_row(step: Step, lang: Lang) -> TimelineRow:
    name = step.details.get("step_name_en") if lang == "en" else None
    return TimelineRow(
        at=step.at,
        action=step.action,
        label=action_label(step.action, lang),
        by=step.unit or step.agency,
        reason=step.reason,
        step_name=name or step.details.get("step_name"),
        paper=step.paper,
    )


def due_out(ledger: Ledger, lang: Lang) -> DueOut:
    """Return a due date with its explanation, line by line."""
    told = ledger.explain(lang)
    rows = [DueRow(start=row.start, end=row.end, counted=row.counted, text=row.text) for row in told.rows]
    return DueOut(due_at=ledger.due_at, sentence=told.sentence, rows=rows)


def _documents(visit: Visit, dossier: Dossier, papers: Sequence[Document]) -> list[DocumentOut]:
    """Return the papers; one that does not belong to who asks is named and not given."""
    replacing = {(paper.verification_code, paper.kind) for paper in papers}
    told = [_document(one, (one.successor, one.kind) in replacing, visit.lang) for one in papers]
    closed = {"state": PaperState.BLOCKED.value, "problem": ResultNotYoursError.code}
    return [
        one if may_have(one.kind, dossier, visit.caller.subject) else one.model_copy(update=closed)
        for one in told
    ]


def _document(document: Document, replaced: bool, lang: Lang) -> DocumentOut:
    at, number, code = document.revoked_at, document.revoked_by or "", document.successor
    return DocumentOut(
        id=document.id,
        kind=document.kind,
        name=TITLES[Paper(document.kind)][lang],
        created_at=document.created_at,
        signed=document.signed,
        state=document.state,
        verification_code=document.verification_code,
        problem=document.problem,
        revoked_at=document.revoked_at,
        successor=code,
        revocation_sentence=revocation_sentence(at, number, code if replaced else None, lang) if at else "",
    )


def _steps(dossier: Dossier, lang: Lang) -> StepsOut | None:
    if dossier.step_no is None or dossier.step_count is None:
        return None
    name = (dossier.step_name_en if lang == "en" else None) or dossier.step_name or ""
    return StepsOut(no=dossier.step_no, count=dossier.step_count, name=name)
