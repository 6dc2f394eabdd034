"""Show a leader or specialist exactly what would be signed."""

from datetime import datetime

from common.database import Database
from common.outbox import record
from regulation.roles import Part

from processing import queries
from processing.domain.document import compose
from processing.domain.errors import ProposalMissingError
from processing.domain.extension import APOLOGY
from processing.models import proposed_revocation, result_in_force
from processing.ports import DocumentPrinter
from processing.queries import Target, extensions


async def preview_document(
    database: Database,
    target: Target,
    *,
    printer: DocumentPrinter,
    verification_url: str,
    now: datetime,
    apology: bool = False,
) -> bytes:
    """Return the drafted document as PDF, marked as a draft; the dossier's owner is told who looked.

    `apology` asks for the letter that promises a new date, while that waits for a leader.
    After the result was issued, this is the decision that is proposed to revoke or replace it.

    Raises:
        NotFoundError: outside the caller's scope.
        ProposalMissingError: nothing is proposed yet.

    Source: BD Đ.8; QT Đ.29.7; R-PRC-03; R-ACC-24
    """
    async with database.sessions.begin() as session:
        dossier = await queries.dossier_in_scope(session, target)
        new_date = extensions.waiting(await extensions.of_dossier(session, dossier.code)) if apology else None
        if dossier.outcome is None and new_date is None:
            raise ProposalMissingError
        facts = await queries.paper_facts(session, dossier, target.caller, verification_url, now)
        if new_date:
            facts = new_date.paper(facts, APOLOGY)
        decided = (
            (await queries.revocations(session, [dossier.code]))[dossier.code] if dossier.revoking else []
        )
        if (proposal := proposed_revocation(decided)) and (issued := result_in_force(dossier, decided)):
            facts = proposal.paper(facts, issued, verification_url)
        await record(session, dossier.looked_at(Part.DRAFT_DECISION, target.caller, now))
    data = compose(facts, printer.definition(facts.document), printer.title(facts.document)[0])
    return await printer.print(facts.document, {**data, "signed": False, "draft": True})
