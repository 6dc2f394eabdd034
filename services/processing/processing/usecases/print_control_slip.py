"""Print the slip that controls how a dossier was handled."""

from dataclasses import replace
from datetime import datetime

from common.database import Database
from common.outbox import record
from regulation.roles import Part

from processing import queries
from processing.domain.control_slip import CONTROL_SLIP, slip_lines
from processing.domain.document import compose
from processing.domain.outcomes import Outcome
from processing.domain.rules import HandlingRules
from processing.ports import DocumentPrinter
from processing.queries import Target, control_slips


async def print_control_slip(
    database: Database, target: Target, *, printer: DocumentPrinter, rules: HandlingRules, now: datetime
) -> bytes:
    """Return the slip as PDF, as things stand; the dossier's owner is told who looked.

    Raises:
        NotFoundError: outside the caller's scope.
        IssuerUnknownError: the agency's name has not arrived.

    Source: TT 01/2018 Đ.9; TN Đ.11.6.c; QT Đ.4.3; R-PRC-18; R-ACC-24
    """
    async with database.sessions.begin() as session:
        dossier = await queries.dossier_in_scope(session, target)
        made, consulted = await control_slips.hand_overs(session, dossier)
        facts = await queries.paper_facts(session, dossier, target.caller, "", now)
        lines = slip_lines(made, rules.calendar, dossier.paused_at or now)
        await record(session, dossier.looked_at(Part.PAPER, target.caller, now))
    facts = replace(facts, outcome=Outcome.GRANT, template=CONTROL_SLIP, content={}, reasons=None)
    facts = replace(facts, legal_basis=None, number="", verification_code="")
    data = compose(facts, printer.definition(CONTROL_SLIP), printer.title(CONTROL_SLIP)[0])
    own = {"hand_overs": lines, "consulted": consulted, "signed": False, "draft": False}
    return await printer.print(CONTROL_SLIP, {**data, **own})
