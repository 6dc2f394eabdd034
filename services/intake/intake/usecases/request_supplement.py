"""Request a supplement: once, complete, with reason and guidance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from common.outbox import record
from procedures import Component, FreeItem
from regulation.clock import Ledger
from regulation.text import form_date
from regulation.zone import day_ends, local_day
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.actors import Actor
from intake.domain.checklist import allow_further_supplement, allow_supplement
from intake.domain.deeds import Deed
from intake.domain.errors import SigningImpossibleError
from intake.domain.life_cycle import Action
from intake.domain.papers import Paper, paper_number, supplement_lines
from intake.domain.supplement import allow_drafted, open_draft
from intake.events import DossierSupplementRequested
from intake.models import Document, Dossier, Step, SupplementRequest
from intake.ports import Means
from intake.queries.belongings import dossier_files, dossier_steps, verdicts
from intake.queries.dossiers import Act
from intake.queries.letters import current_files, procedure_of


@dataclass(frozen=True)
class Wanted:
    """What the desk asks for: published components with notes, free items with their legal basis."""

    reason: str
    guidance: str
    items: Sequence[tuple[str, str]]
    free_items: Sequence[FreeItem] = ()
    leader_ground: str | None = None


async def request_supplement(act: Act, means: Means, wanted: Wanted) -> SupplementRequest:
    """Ask for everything that is missing or wrong in one request and issue the paper.

    Raises:
        ForbiddenError, DossierNotFoundError, StaleVersionError, ActionNotAllowedError.
        UnjudgedComponentsError, IncompleteSupplementError and their like: it is not one complete request.
        SecondSupplementWithoutLeaderError: an earlier request exists and no leader stands behind this one.

    Of a dossier that is handled it is what its officer drafted; the handling clock waits for the answer.

    Source: NB Đ.16.1.a; HN Đ.11.1.a; TN Đ.11.3.b; TN Đ.11.4.c; R-INT-05, R-INT-22, R-PRC-10
    """
    session, actor, now = act.session, act.actor, act.now
    dossier = await act.at_the_desk(Deed.SUPPLEMENT_REQUESTS)
    number = dossier.supplement_count + 1
    paper = paper_number(Paper.SUPPLEMENT, act.code, number)
    details = {"number": number, "free_items": len(wanted.free_items), "guidance": wanted.guidance}
    dossier.after(Action.REQUEST_SUPPLEMENT)
    papers = (await procedure_of(session, dossier)).papers(dossier.case_id)
    await _allow(session, means, actor, dossier, papers=papers, wanted=wanted)
    step = dossier.take(
        Action.REQUEST_SUPPLEMENT, actor, now, reason=wanted.reason, paper=paper, details=details
    )
    if dossier.accepted_at is None:
        dossier.decide(actor, now)
    dossier.supplement_count = number
    wait = means.rules.answer.starting(now, means.calendar)
    request = _request(dossier, actor, wanted, wait=wait, now=now)
    dossier.next_due_at = day_ends(request.answer_by_on)
    session.add_all([request, _paper(means, dossier, step, wanted, papers=papers, request=request)])
    await session.flush()
    await record(session, _fact(dossier, request))
    return request


def _paper(
    means: Means,
    dossier: Dossier,
    step: Step,
    wanted: Wanted,
    *,
    papers: Sequence[Component],
    request: SupplementRequest,
) -> Document:
    names = {component.id: component for component in papers}
    lines = supplement_lines(
        [(names[component], note) for component, note in wanted.items],
        [(item.text, item.legal_basis) for item in wanted.free_items],
    )
    content = {
        "reason": wanted.reason,
        "guidance": wanted.guidance,
        "lines": lines,
        "answer_by": form_date(request.answer_by_on),
    }
    return Document.decided(
        step, Paper.SUPPLEMENT, dossier, content, sign=means.rules.must_sign(Paper.SUPPLEMENT)
    )


async def _allow(
    session: AsyncSession,
    means: Means,
    actor: Actor,
    dossier: Dossier,
    *,
    papers: Sequence[Component],
    wanted: Wanted,
) -> None:
    """Refuse what is not one complete, lawful request, or lacks its leader or its signature."""
    await _expect_complete(session, dossier, papers, wanted)
    approval = dossier.supplement_approval or {}
    approved = approval.get("for") == dossier.supplement_count + 1
    allow_further_supplement(
        dossier.supplement_count,
        means.rules.single_supplement,
        is_leader=actor.is_leader or approved,
        approval=wanted.leader_ground if actor.is_leader else approval.get("ground"),
    )
    must_sign = means.rules.must_sign(Paper.SUPPLEMENT)
    if must_sign and not means.printer.can_sign(dossier.receiving_point):
        raise SigningImpossibleError


async def _expect_complete(
    session: AsyncSession, dossier: Dossier, papers: Sequence[Component], wanted: Wanted
) -> None:
    asked = [component for component, _ in wanted.items]
    if dossier.accepted_at is not None:
        draft = open_draft(await dossier_steps(session, dossier.code))
        return allow_drafted(papers, draft, asked, wanted.free_items)
    files = await dossier_files(session, dossier.code)
    attached = {file.component_id for file in current_files(files)}
    found = await verdicts(session, dossier.code, dossier.supplement_count)
    judged = {name: item.verdict for name, item in found.items()}
    return allow_supplement(papers, attached, judged, asked, wanted.free_items)


def _request(
    dossier: Dossier, actor: Actor, wanted: Wanted, *, wait: Ledger, now: datetime
) -> SupplementRequest:
    number, approval = dossier.supplement_count, dossier.supplement_approval or {}
    leader = actor.id if actor.is_leader else approval.get("by")
    return SupplementRequest(
        dossier_code=dossier.code,
        number=number,
        requested_at=now,
        requested_by=actor.id,
        reason=wanted.reason,
        guidance=wanted.guidance,
        items=[{"component": name, "note": note} for name, note in wanted.items],
        free_items=[{"text": item.text, "legal_basis": item.legal_basis} for item in wanted.free_items],
        leader_ground=(wanted.leader_ground or approval.get("ground")) if number > 1 else None,
        leader_id=leader if number > 1 else None,
        answer_by_on=local_day(wait.due_at),
        ledger=wait.facts(),
    )


def _fact(dossier: Dossier, request: SupplementRequest) -> DossierSupplementRequested:
    handling = dossier.accepted_at is not None
    to = {"agency": dossier.competent_agency} if handling else {}
    return DossierSupplementRequested(
        **dossier.facts() | to,
        handling=handling,
        number=request.number,
        requested_at=request.requested_at,
        answer_by_on=request.answer_by_on,
    )
