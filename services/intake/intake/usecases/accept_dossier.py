"""Accept a dossier: the receipt promises a date, the handling clock starts, the unit gets the case."""

from datetime import datetime

from common.ids import uuid7
from common.outbox import record
from common.security import Caller
from regulation.clock import Ledger
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.actors import Actor
from intake.domain.checklist import allow_acceptance
from intake.domain.errors import ProcessNotApprovedError, SigningImpossibleError
from intake.domain.life_cycle import Action
from intake.domain.papers import Paper, appointment, moment, paper_number, received
from intake.domain.procedure import Procedure
from intake.domain.rules import forward_due, is_partial, promise
from intake.events import DossierAccepted
from intake.models import Document, Dossier
from intake.ports import Office
from intake.queries.dossiers import acting, desk_dossier, dossier_files, verdicts
from intake.queries.letters import current_files, files_by_component, procedure_of


async def accept_dossier(
    session: AsyncSession,
    office: Office,
    caller: Caller,
    code: str,
    *,
    version: int,
    now: datetime,
) -> Dossier:
    """Accept the dossier, fix its due date with the ledger, and issue the receipt with appointment.

    Raises:
        ForbiddenError, DossierNotFoundError, StaleVersionError, ActionNotAllowedError.
        UnjudgedComponentsError, OpenComponentsError: the checklist forbids it.
        ProcessNotApprovedError, TimeLimitUnusableError: what the catalogue lacks.
        SigningImpossibleError: the profile wants a signed receipt and nothing can sign it.

    Source: TN Đ.11.3.b; NB Đ.16.2; TN Đ.11.4.b; R-INT-04, R-INT-09, R-INT-11, R-INT-12
    """
    caller.require("desk_officer")
    actor = acting(caller)
    dossier = await desk_dossier(session, caller, code, lock=True)
    dossier.expect(version)
    procedure = await procedure_of(session, dossier)
    files = await dossier_files(session, code)
    attached = {file.component_id for file in current_files(files)}
    found = {
        name: item.verdict for name, item in (await verdicts(session, code, dossier.supplement_count)).items()
    }
    must_sign = office.rules.must_sign(Paper.RECEIPT)
    step = dossier.take(Action.ACCEPT, actor, now, paper=paper_number(Paper.RECEIPT, code, 1))
    allow_acceptance(procedure.papers(dossier.case_id), attached, found)
    if not procedure.has_approved_process:
        raise ProcessNotApprovedError(rule="R-PRC-01")
    if must_sign and not office.printer.can_sign(dossier.receiving_point):
        raise SigningImpossibleError
    ledger = _promise(office, dossier, procedure, actor, now)
    session.add(
        Document(
            id=uuid7(), dossier_code=code, kind=Paper.RECEIPT, number=1, agency=dossier.receiving_point,
            created_at=now, state="pending", must_sign=must_sign, content={
                "number": step.paper, "received_at": moment(now), "submitted_at": moment(dossier.submitted_at),
                "due_at": moment(ledger.due_at), "sentence": ledger.explain("vi").sentence,
                "limit": dossier.limit_text, "appointment": dossier.appointment, "officer": actor.id,
                "components": received(files_by_component(procedure, dossier.case_id, files)),
            },
        )
    )  # fmt: skip
    await session.flush()
    await record(session, _fact(dossier))
    return dossier


def _promise(office: Office, dossier: Dossier, procedure: Procedure, actor: Actor, now: datetime) -> Ledger:
    """Fix due date, forwarding deadline, appointment and unit on the dossier."""
    limit = procedure.limit(dossier.case_id, dossier.channel)
    source = f"TTHC {procedure.code} (phiên bản {procedure.version}): {limit.text if limit else ''}"
    ledger = promise(limit, now, office.calendar, source)
    offer = procedure.offer(dossier.receiving_point)
    compare = office.rules.compare_at_pickup and is_partial(dossier.service_level)
    dossier.decide(actor, now)
    dossier.accepted_at, dossier.due_at, dossier.next_due_at = now, ledger.due_at, ledger.due_at
    dossier.ledger = ledger.to_dict()
    dossier.due_sentence = {lang: ledger.explain(lang).sentence for lang in ("vi", "en")}
    dossier.limit_text = limit.text if limit else ""
    dossier.forward_due_at = forward_due(office.rules, now, dossier.check_due_at, office.calendar)
    dossier.unit = offer.unit if offer else None
    fee = procedure.fee(dossier.case_id, dossier.channel)
    dossier.appointment = appointment(procedure, ledger.due_at, fee, dossier.result_channel, compare)
    return ledger


def _fact(dossier: Dossier) -> DossierAccepted:
    assert dossier.accepted_at is not None
    assert dossier.due_at is not None
    return DossierAccepted(
        **dossier.facts(), submitted_at=dossier.submitted_at, accepted_at=dossier.accepted_at,
        due_at=dossier.due_at, limit_text=dossier.limit_text or "", unit=dossier.unit, case=dossier.case_id,
    )  # fmt: skip
