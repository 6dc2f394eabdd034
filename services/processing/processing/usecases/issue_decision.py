"""Issue the approved decision: number it, print it, sign it, keep it, and only then close the dossier.

A crash at any point leaves the dossier with the leader and its reserved number; doing it again finishes the job.
"""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime

from common.database import Database
from common.outbox import record
from procedures import StepKind
from regulation.codes import VerificationCode
from regulation.codes.verification import BYTES_NEEDED
from regulation.zone import local_day
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.decision import check_second_person
from processing.domain.deeds import Deed
from processing.domain.errors import StepOutOfOrderError, UnsignedResultError
from processing.domain.numbering import document_number
from processing.domain.outcomes import Action, Outcome
from processing.domain.rules import HandlingRules
from processing.domain.signing import check_authority, check_release
from processing.models import DecisionSeries, Dossier
from processing.models.base import Json
from processing.ports import Means
from processing.queries import Target, instances


@dataclass(frozen=True)
class Order:
    """What to issue: the dossier, the version the leader saw, and whether it gets a digital signature.

    `also` is written in the transaction that closes the dossier.
    """

    target: Target
    version: int
    signed: bool = True
    also: Callable[[AsyncSession], Awaitable[None]] | None = None


async def issue_decision(
    database: Database, order: Order, means: Means, rules: HandlingRules, now: datetime
) -> Dossier:
    """Issue the decision; nothing outside happens inside a transaction, and of two leaders one wins.

    Raises:
        StaleVersionError: the dossier changed since the leader saw it.
        StepOutOfOrderError: the dossier is not at the step that issues.
        OwnProposalError: the leader proposed it himself.
        NoAuthorityToSignError: his roles may not sign this document type.
        UnsignedResultError: it must be signed and would not be.
        NumbersElsewhereError: another instance keeps the agency's number series.
        DossierElsewhereError: it was handed over to another instance, with the number it has.

    Source: TN PL.B3; BD Đ.8; BD Đ.8.2; HN Đ.12; R-PRC-09; R-PRC-11; R-PRC-13
    """
    async with database.sessions.begin() as session:
        dossier = await _allowed(session, order, rules, now)
        await _reserve_number(session, dossier, local_day(now), rules.instance)
        facts = await queries.paper_facts(session, dossier, order.target.caller, means.verification_url, now)
    caller = order.target.caller
    document = await means.produce(facts, caller.subject, now, signed=order.signed)
    async with database.sessions.begin() as session:
        dossier = await _allowed(session, order, rules, now)
        dossier.document, dossier.signer = document, facts.signer_name if order.signed else None
        if order.also:
            await order.also(session)
        return await _conclude(session, dossier, order, rules, now)


async def _allowed(session: AsyncSession, order: Order, rules: HandlingRules, now: datetime) -> Dossier:
    deed = Deed.SIGNATURE if order.signed else Deed.APPROVAL
    dossier = await queries.dossier_to_change(session, order.target, deed)
    dossier.expect_running(order.version, now)
    if dossier.step_kind != (StepKind.SIGN if order.signed else StepKind.REVIEW):
        raise StepOutOfOrderError(step=dossier.step_name)
    check_second_person(dossier.proposed_by, order.target.caller.subject)
    check_authority(rules.authority, dossier.document_type, order.target.caller.roles)
    if dossier.outcome == Outcome.REJECT and not order.signed:
        raise UnsignedResultError(rule="R-PRC-09")
    offer = (await queries.procedure_of(session, dossier)).offer(dossier.agency)
    check_release(rules.result_signature, offer.service_level if offer else None, signed=order.signed)
    return dossier


async def _reserve_number(session: AsyncSession, dossier: Dossier, today: date, instance: str) -> None:
    """Number the document once; a second attempt after a crash or a return keeps the serial."""
    values: Json = {}
    if dossier.decision_serial is None:
        await instances.expect_numbers_here(session, dossier.agency, instance)
        values["decision_serial"] = await DecisionSeries.next_serial(session, dossier.agency, today.year)
        values["decision_year"] = today.year
        values["verification_code"] = VerificationCode.from_random(secrets.token_bytes(BYTES_NEEDED))
    agency, _ = await queries.issuer(session, dossier.agency)
    serial, year = (values.get(name, getattr(dossier, name)) for name in ("decision_serial", "decision_year"))
    values["decision_number"] = document_number(serial, year, dossier.document_type, agency.name)
    # A statement, not a change of the row: the leader who tries again after a crash still sees the version he saw.
    await session.execute(update(Dossier).where(Dossier.code == dossier.code).values(values))
    await session.refresh(dossier)


async def _conclude(
    session: AsyncSession, dossier: Dossier, order: Order, rules: HandlingRules, now: datetime
) -> Dossier:
    at_hand = await queries.current_record(session, dossier)
    action = Action.SIGNED if order.signed else Action.APPROVED
    at_hand.end(action, now, order.target.caller.subject, at_hand.remarks)
    if dossier.approved_by is None:
        dossier.approved_by, dossier.approved_at = order.target.caller.subject, now
    moved = dossier.advance((await queries.procedure_of(session, dossier)).steps, now, rules.calendar)
    session.add_all(moved.records)
    await record(session, moved.event)
    return dossier
