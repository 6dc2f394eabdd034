"""Let the specialist submit a drafted decision to the leader."""

from datetime import datetime

from common.outbox import record
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.decision import Proposal, check_proposal
from processing.domain.errors import StepNotYoursError, StepOutOfOrderError
from processing.domain.rules import HandlingRules
from processing.domain.states import Action, StepKind
from processing.models import Case
from processing.ports import DocumentPrinter
from processing.queries import Target


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
) -> Case:
    """Store the draft and pass the dossier on; `template` replaces the procedure's own result template.

    Raises:
        StaleVersionError: somebody changed the dossier meanwhile.
        StepOutOfOrderError: the step at hand is not a specialist's task.
        StepNotYoursError: another officer handles the dossier.
        InvalidInputError: a required line, the reasons or the legal basis are missing.

    Source: BD Đ.8; HN Đ.12.1; R-PRC-03; R-PRC-09
    """
    case = await queries.case_in_scope(session, target, lock=True)
    case.expect(version)
    if case.step_kind != StepKind.TASK:
        raise StepOutOfOrderError(step=case.step_name)
    if case.officer_id != target.caller.subject:
        raise StepNotYoursError(step=case.step_name)
    procedure = await queries.procedure_of(session, case)
    case.template = template or procedure.result_template
    check_proposal(proposal, printer.fields(case.template))
    case.outcome, case.content = proposal.outcome, dict(proposal.content)
    case.reasons, case.legal_basis = proposal.reasons, proposal.legal_basis
    case.proposed_by, case.proposed_at = target.caller.subject, now
    case.approved_by = case.approved_at = case.returned_at = None
    at_hand = await queries.current_record(session, case)
    at_hand.end(Action.PROPOSED, now, target.caller.subject)
    moved = case.advance(procedure.plan(), now, rules.calendar)
    session.add_all(moved.records)
    await record(session, moved.event)
    return case
