"""Accept a dossier: the receipt promises a date and the unit gets it, or an authorised officer settles it at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from common.outbox import record
from procedures import Procedure, appointment
from regulation.channels import Channel
from regulation.clock import Ledger
from regulation.zone import local_day

from intake.domain.acceptance import outlook
from intake.domain.actors import Actor
from intake.domain.deeds import Deed
from intake.domain.life_cycle import Action
from intake.domain.papers import (
    Paper,
    paper_number,
    papers_to_bring,
    present_components,
    received,
)
from intake.domain.settling import AtOnce
from intake.domain.times import spoken
from intake.events import DossierAccepted, DossierReturned
from intake.models import Attachment, Document, Dossier, Step, VaultPaper, accepted
from intake.ports import Means
from intake.queries.belongings import dossier_files
from intake.queries.dossiers import Act
from intake.queries.letters import acceptance_grounds, current_files
from intake.queries.pickup import refuse_uncompared


async def accept_dossier(act: Act, means: Means, at_once: AtOnce | None = None) -> Dossier:
    """Accept the dossier, fix its due date with the ledger, and issue the receipt with appointment.

    What is settled at once is returned in the same transaction, and has a receipt only where one was asked for: no
    unit ever sees it open.

    Raises:
        ForbiddenError, DossierNotFoundError, StaleVersionError, ActionNotAllowedError.
        NotAuthorisedToSettleError, ComparisonOpenError: what stands in the way of settling at once.
        UnjudgedComponentsError, OpenComponentsError: the checklist forbids it.
        ProcessNotApprovedError, TimeLimitUnusableError: what the catalogue lacks.
        SigningImpossibleError: the profile wants a signed receipt and nothing can sign it.

    Source: TN Đ.11.3.b; NB Đ.16.2; TN Đ.11.4.b; R-INT-04, R-INT-09, R-INT-11, R-INT-12, R-INT-13, R-INT-14, R-VLT-03
    """
    session, actor, now = act.session, act.actor, act.now
    dossier = await act.at_the_desk(Deed.SETTLEMENT if at_once else Deed.ACCEPTANCE)
    await _must_be_allowed(act, means, dossier, at_once)
    with_receipt = at_once is None or at_once.receipt
    files = await dossier_files(session, act.code)
    grounds = await acceptance_grounds(session, dossier, files)
    number = paper_number(Paper.RECEIPT, act.code, 1) if with_receipt else ""
    step = dossier.take(Action.ACCEPT, actor, now, paper=number)
    can_sign = not with_receipt or means.printer.can_sign(dossier.receiving_point)
    start = dossier.handled_from(now)
    ledger = outlook(means.rules, means.calendar, grounds, can_sign=can_sign, now=start).promised()
    dossier.decide(actor, now)
    _promise(means, dossier, grounds.procedure, ledger, now)
    current = current_files(files)
    if with_receipt:
        session.add(_receipt(means, dossier, step, ledger, _present(dossier, grounds.procedure, current)))
    session.add_all(VaultPaper.given(means.rules.vault, dossier, grounds.procedure, current, now))
    await session.flush()
    told = {"aggregate_version": dossier.version}
    if at_once:
        await _return(act, dossier, at_once, actor)
    await record(session, DossierAccepted(**(dossier.facts() | accepted(dossier) | told)))
    if at_once:
        await record(session, DossierReturned(**dossier.facts(), returned_at=now, way=Channel.COUNTER))
    return dossier


async def _must_be_allowed(act: Act, means: Means, dossier: Dossier, at_once: AtOnce | None) -> None:
    """Let settle at once who is authorised to, what is signed and compared."""
    if at_once:
        at_once.authorisation.must_cover(
            officer=act.caller.subject,
            procedure=dossier.procedure_code,
            agency=dossier.competent_agency,
            today=local_day(act.now),
        )
        await refuse_uncompared(act.session, means.rules, dossier)


async def _return(act: Act, dossier: Dossier, at_once: AtOnce, actor: Actor) -> None:
    """Write down that the result is with the applicant, by whose authority and which one it is."""
    dossier.take(Action.SETTLE, actor, act.now, reason=at_once.sentence(), details=at_once.told())
    dossier.result_ready_at = dossier.returned_at = act.now
    dossier.return_way = Channel.COUNTER
    await act.session.flush()


def _present(dossier: Dossier, procedure: Procedure, files: Sequence[Attachment]) -> list[dict[str, Any]]:
    """Return what the receipt says was received."""
    named = [(file.component_id, file.name) for file in files]
    return received(present_components(procedure, dossier.case_id, named), dossier.channel)


def _receipt(
    means: Means, dossier: Dossier, step: Step, ledger: Ledger, present: list[dict[str, Any]]
) -> Document:
    content = {
        "received_at": spoken(dossier.handled_from(step.at)),
        "submitted_at": spoken(dossier.submitted_at),
        "due_at": spoken(ledger.due_at),
        "sentence": ledger.explain("vi").sentence,
        "appointment": dossier.appointment,
        "officer": step.actor_id,
        "components": present,
    }
    return Document.decided(step, Paper.RECEIPT, dossier, content, sign=means.rules.must_sign(Paper.RECEIPT))


def _promise(means: Means, dossier: Dossier, procedure: Procedure, ledger: Ledger, now: datetime) -> None:
    """Write due date, forwarding deadline, appointment and unit on the dossier."""
    forward = means.rules.forward
    dossier.promise(
        dossier.handled_from(now), ledger, forward.starting(now, means.calendar) if forward else None
    )
    offer = procedure.offer(dossier.receiving_point)
    dossier.unit = offer.unit if offer else None
    compare = means.rules.compares(dossier.service_level) and not procedure.pickup_exempt
    case, channel = dossier.case_id, dossier.channel
    bring = papers_to_bring(procedure, case, dossier.result_channel, compare)
    promised = appointment(procedure, bring, case=case, channel=channel, answers=dossier.answers)
    dossier.appointment = promised.kept()
