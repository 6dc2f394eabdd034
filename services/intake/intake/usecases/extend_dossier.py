"""Tell the applicant of the new date the specialist unit promises, with its letter of apology."""

from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.actors import Actor
from intake.domain.life_cycle import Action
from intake.domain.news import NewDate, SignedPaper
from intake.domain.papers import Paper
from intake.models import Document
from intake.ports import Means
from intake.queries.dossiers import told_dossier


async def extend_dossier(session: AsyncSession, means: Means, told: NewDate, paper: SignedPaper) -> None:
    """Keep the new date and the letter beside the promised date, which stays with its ledger.

    Told twice, it happens once.

    Raises:
        ForeignDossierError: another agency settles it.
        NotYetError: the dossier or the letter has not arrived.

    Source: TN Đ.11.4.g; R-PRC-14
    """
    dossier = await told_dossier(session, told)
    if dossier.extended_until is not None:
        return
    signature = await means.check_finished(paper.sha256)
    dossier.extended_until = told.until
    unit = Actor("processing", "system", told.agency, dossier.unit)
    dossier.take(Action.EXTEND, unit, told.at, reason=told.reason, paper=paper.name)
    session.add(Document.finished(dossier, Paper.APOLOGY, paper, told.at, **signature.proof(paper.signer)))
