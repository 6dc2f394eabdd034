"""Sign the new date: the letter of apology and, where the profile asks for it, the slip.

A crash at any point leaves the proposal with the leader and its reserved number; doing it again finishes the job.
"""

from datetime import datetime

from common.database import Database
from common.outbox import record
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.decision import check_second_person
from processing.domain.deeds import Deed
from processing.domain.errors import ExtensionMissingError
from processing.domain.extension import APOLOGY, SLIP
from processing.domain.numbering import document_number
from processing.domain.rules import HandlingRules
from processing.domain.signing import check_authority
from processing.events import DossierExtended
from processing.models import DecisionSeries, Dossier, Extension
from processing.ports import Means
from processing.queries import Target, extensions, instances


async def issue_extension(
    database: Database, target: Target, *, version: int, means: Means, rules: HandlingRules, now: datetime
) -> Dossier:
    """Number, print, sign and keep the papers, then promise the new date; the old one stays for statistics.

    Raises:
        ForbiddenError: the caller is no leader.
        StaleVersionError: the dossier changed since the leader saw it.
        ExtensionMissingError: nobody proposed it.
        ExtensionUsedError: the new date was given already.
        ExtensionTooLateError: the applicant would learn of it too late.
        OwnProposalError: the leader proposed it himself.
        NoAuthorityToSignError: his roles may not sign this document type.
        NumbersElsewhereError: another instance keeps the agency's number series.

    Source: NĐ 61/2018 Đ.19.9; TN Đ.11.4.g; R-PRC-14
    """
    async with database.sessions.begin() as session:
        dossier, proposal = await _allowed(session, target, version, rules, now)
        await _reserve_number(session, dossier, proposal, now, rules.instance)
        facts = await queries.paper_facts(session, dossier, target.caller, means.verification_url, now)
        papers = [proposal.paper(facts, kind) for kind in (APOLOGY, SLIP)]
    letter = await means.produce(papers[0], target.caller.subject, now)
    wanted = "extension_proposal" in rules.apology
    slip = await means.produce(papers[1], target.caller.subject, now) if wanted else None
    async with database.sessions.begin() as session:
        dossier, proposal = await _allowed(session, target, version, rules, now)
        proposal.document, proposal.slip, proposal.signer = letter, slip, facts.signer_name
        proposal.decided_by, proposal.decided_at = target.caller.subject, now
        dossier.extending, dossier.extended_until = False, proposal.until
        plan = (await queries.procedure_of(session, dossier)).steps
        own = {"due_at": dossier.due_at, "until": proposal.until, "reason": proposal.reason}
        own |= {"extended_at": now, "document": letter, "signer": facts.signer_name}
        await record(session, dossier.tell(DossierExtended, plan, now, **own))
        return dossier


async def _allowed(
    session: AsyncSession, target: Target, version: int, rules: HandlingRules, now: datetime
) -> tuple[Dossier, Extension]:
    dossier = await queries.dossier_to_change(session, target, Deed.EXTENSION)
    dossier.expect_running(version, now)
    made = await extensions.of_dossier(session, dossier.code)
    extensions.clock_of(dossier, made, rules).expect_open(now, rules.calendar)
    proposal = extensions.waiting(made)
    if proposal is None:
        raise ExtensionMissingError(dossier=dossier.code)
    check_second_person(proposal.proposed_by, target.caller.subject)
    check_authority(rules.authority, APOLOGY, target.caller.roles)
    return dossier, proposal


async def _reserve_number(
    session: AsyncSession, dossier: Dossier, proposal: Extension, now: datetime, instance: str
) -> None:
    """Number the letter once; a second attempt after a crash keeps the number."""
    if proposal.letter_number is not None:
        return
    await instances.expect_numbers_here(session, dossier.agency, instance)
    year = local_day(now).year
    agency, _ = await queries.issuer(session, dossier.agency)
    serial = await DecisionSeries.next_serial(session, dossier.agency, year)
    proposal.letter_number = document_number(serial, year, APOLOGY, agency.name)
