"""Accept a dossier: the receipt promises a date, the handling clock starts, the unit gets the dossier."""

from datetime import datetime
from typing import Any

from common.outbox import record
from procedures import Procedure, appointment
from regulation.clock import Ledger

from intake.domain.acceptance import outlook
from intake.domain.deeds import Deed
from intake.domain.life_cycle import Action
from intake.domain.papers import (
    Paper,
    paper_number,
    papers_to_bring,
    present_components,
    received,
)
from intake.domain.times import spoken
from intake.events import DossierAccepted
from intake.models import Document, Dossier, Step, accepted
from intake.ports import Means
from intake.queries.dossiers import Act, dossier_files
from intake.queries.letters import acceptance_grounds, current_files


async def accept_dossier(act: Act, means: Means) -> Dossier:
    """Accept the dossier, fix its due date with the ledger, and issue the receipt with appointment.

    Raises:
        ForbiddenError, DossierNotFoundError, StaleVersionError, ActionNotAllowedError.
        UnjudgedComponentsError, OpenComponentsError: the checklist forbids it.
        ProcessNotApprovedError, TimeLimitUnusableError: what the catalogue lacks.
        SigningImpossibleError: the profile wants a signed receipt and nothing can sign it.

    Source: TN Đ.11.3.b; NB Đ.16.2; TN Đ.11.4.b; R-INT-04, R-INT-09, R-INT-11, R-INT-12
    """
    session, actor, now = act.session, act.actor, act.now
    dossier = await act.at_the_desk(Deed.ACCEPTANCE)
    files = await dossier_files(session, act.code)
    grounds = await acceptance_grounds(session, dossier, files)
    step = dossier.take(Action.ACCEPT, actor, now, paper=paper_number(Paper.RECEIPT, act.code, 1))
    can_sign = means.printer.can_sign(dossier.receiving_point)
    start = dossier.handled_from(now)
    ledger = outlook(means.rules, means.calendar, grounds, can_sign=can_sign, now=start).promised()
    dossier.decide(actor, now)
    _promise(means, dossier, grounds.procedure, ledger, now)
    named = [(file.component_id, file.name) for file in current_files(files)]
    present = received(present_components(grounds.procedure, dossier.case_id, named), dossier.channel)
    session.add(_receipt(means, dossier, step, ledger, present))
    await session.flush()
    await record(session, DossierAccepted(**(dossier.facts() | accepted(dossier))))
    return dossier


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
    compare = means.rules.compares(dossier.service_level)
    case, channel = dossier.case_id, dossier.channel
    bring = papers_to_bring(procedure, case, dossier.result_channel, compare)
    promised = appointment(procedure, bring, case=case, channel=channel, answers=dossier.answers)
    dossier.appointment = promised.kept()
