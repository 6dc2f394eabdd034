"""Let the specialist submit a drafted decision to the leader."""

from datetime import datetime

from common.outbox import record
from eforms import read_form
from regulation.codes import day_of_receipt
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.decision import Proposal, check_proposal
from processing.domain.deeds import Deed
from processing.domain.outcomes import Action
from processing.domain.rules import HandlingRules
from processing.models import Dossier
from processing.ports import DocumentPrinter
from processing.queries import Target, assignments


async def propose_decision(
    session: AsyncSession,
    target: Target,
    *,
    version: int,
    proposal: Proposal,
    template: str | None,
    now: datetime,
    rules: HandlingRules,
    printer: DocumentPrinter,
) -> Dossier:
    """Store the draft and pass the dossier on; `template` replaces the procedure's own result template.

    Raises:
        ForbiddenError: the caller handles no dossiers.
        StaleVersionError: somebody changed the dossier meanwhile.
        StepOutOfOrderError: the step at hand is not a specialist's task.
        StepNotYoursError: another officer handles the dossier.
        InvalidInputError: a line of the result is missing or wrong, or the reasons or the legal basis are missing.

    Source: BD Đ.8; HN Đ.12.1; R-PRC-03; R-PRC-09
    """
    dossier = await queries.dossier_to_change(session, target, Deed.PROPOSAL)
    dossier.expect_running(version, now)
    dossier.expect_step_for(Deed.PROPOSAL)
    dossier.expect_in_hands_of(target.caller.subject)
    passed_over = await assignments.passed_over_when_done(session, dossier)
    procedure = await queries.procedure_of(session, dossier)
    dossier.template = template or procedure.result_template
    form = read_form(procedure.result_form(dossier.template, printer.definition(dossier.template)))
    proposal = check_proposal(proposal, form, day_of_receipt(now))
    _keep(dossier, proposal, target.caller.subject, now)
    at_hand = await queries.current_record(session, dossier)
    at_hand.end(Action.PROPOSED, now, target.caller.subject, passed_over=passed_over)
    moved = dossier.advance(procedure.steps, now, rules.calendar)
    session.add_all(moved.records)
    await record(session, moved.event)
    return dossier


def _keep(dossier: Dossier, proposal: Proposal, by: str, now: datetime) -> None:
    dossier.outcome, dossier.content = proposal.outcome, dict(proposal.content)
    dossier.reasons, dossier.legal_basis = proposal.reasons, proposal.legal_basis
    dossier.proposed_by, dossier.proposed_at = by, now
    dossier.approved_by = dossier.approved_at = dossier.sent_back_at = None
