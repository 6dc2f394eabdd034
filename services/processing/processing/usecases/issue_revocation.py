"""Issue the decision that revokes a result or puts another in its place.

A crash at any point leaves the proposal with the leader and its reserved number; doing it again finishes the job.
"""

import secrets
from datetime import datetime

from common.database import Database
from common.outbox import record
from regulation.codes import VerificationCode
from regulation.codes.verification import BYTES_NEEDED
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.decision import check_second_person
from processing.domain.deeds import Deed
from processing.domain.errors import NothingToRevokeError, RevocationMissingError
from processing.domain.numbering import document_number
from processing.domain.rules import HandlingRules
from processing.domain.signing import check_authority
from processing.models import (
    DecisionSeries,
    Dossier,
    ResultInForce,
    Revocation,
    proposed_revocation,
    result_in_force,
)
from processing.ports import Means
from processing.queries import Target, instances


async def issue_revocation(
    database: Database, target: Target, *, version: int, means: Means, rules: HandlingRules, now: datetime
) -> Dossier:
    """Number, print, sign and keep the decision, then say that the old result no longer counts.

    The dossier stays decided and its times stay as they were: a mistake in the result makes nothing early or late.

    Raises:
        ForbiddenError: the caller is no leader.
        StaleVersionError: the dossier changed since the leader saw it.
        NothingToRevokeError: no result was issued, or it no longer counts.
        RevocationMissingError: nobody proposed it.
        OwnProposalError: the leader proposed it himself.
        NoAuthorityToSignError: his roles may not sign this document type.
        NumbersElsewhereError: another instance keeps the agency's number series.

    Source: TN PL.B3; BD Đ.8.2; R-PRC-03; R-PRC-11; R-STA-19
    """
    async with database.sessions.begin() as session:
        dossier, proposal, issued = await _allowed(session, target, version, rules)
        await _reserve_number(session, dossier, proposal, now, rules.instance)
        facts = await queries.paper_facts(session, dossier, target.caller, means.verification_url, now)
        facts = proposal.paper(facts, issued, means.verification_url)
    document = await means.produce(facts, target.caller.subject, now)
    async with database.sessions.begin() as session:
        dossier, proposal, _ = await _allowed(session, target, version, rules)
        proposal.document, proposal.signer = document, facts.signer_name
        proposal.decided_by, proposal.decided_at, dossier.revoking = target.caller.subject, now, False
        plan = (await queries.procedure_of(session, dossier)).steps
        await record(session, dossier.tell(proposal.fact_type, plan, now, **proposal.issued))
        return dossier


async def _allowed(
    session: AsyncSession, target: Target, version: int, rules: HandlingRules
) -> tuple[Dossier, Revocation, ResultInForce]:
    dossier = await queries.dossier_to_change(session, target, Deed.REVOCATION)
    dossier.expect_version(version)
    earlier = (await queries.revocations(session, [dossier.code]))[dossier.code]
    issued, proposal = result_in_force(dossier, earlier), proposed_revocation(earlier)
    if issued is None:
        raise NothingToRevokeError(dossier=dossier.code)
    if proposal is None:
        raise RevocationMissingError(dossier=dossier.code)
    check_second_person(proposal.proposed_by, target.caller.subject)
    check_authority(rules.authority, proposal.document_type(dossier.template), target.caller.roles)
    return dossier, proposal, issued


async def _reserve_number(
    session: AsyncSession, dossier: Dossier, proposal: Revocation, now: datetime, instance: str
) -> None:
    """Number the decision once; a second attempt after a crash keeps number and code."""
    if proposal.decision_number is not None:
        return
    await instances.expect_numbers_here(session, dossier.agency, instance)
    year = local_day(now).year
    agency, _ = await queries.issuer(session, dossier.agency)
    serial = await DecisionSeries.next_serial(session, dossier.agency, year)
    kind = proposal.document_type(dossier.template)
    proposal.decision_number = document_number(serial, year, kind, agency.name)
    proposal.verification_code = VerificationCode.from_random(secrets.token_bytes(BYTES_NEEDED))
