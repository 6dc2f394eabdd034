"""Keep what the specialist unit finds missing, for the desk to send."""

from regulation.states import State
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.actors import Actor
from intake.domain.life_cycle import Action, leads_on
from intake.domain.supplement import SupplementDraft
from intake.queries.belongings import dossier_steps
from intake.queries.dossiers import told_dossier


async def keep_supplement_draft(session: AsyncSession, told: SupplementDraft) -> None:
    """Write the draft into the history; behind a newer one, or of a dossier settled, it changes nothing.

    Raises:
        ForeignDossierError: another agency settles it.
        NotYetError: nothing is known of the dossier yet.

    Source: TN Đ.11.4.c; R-PRC-10
    """
    dossier = await told_dossier(session, told)
    drafts = [s for s in await dossier_steps(session, told.code) if s.action == Action.DRAFT_SUPPLEMENT]
    known = told.number <= max((step.details["number"] for step in drafts), default=0)
    if known or not leads_on(State(dossier.state), Action.DRAFT_SUPPLEMENT, accepted=True):
        return
    unit = Actor("processing", "system", told.agency, dossier.unit)
    dossier.take(Action.DRAFT_SUPPLEMENT, unit, told.at, reason=told.reason, details=told.details())
