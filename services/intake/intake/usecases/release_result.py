"""Release what the specialist unit finished: check its signature, keep it, deliver it online when so wished."""

from datetime import datetime

from common.outbox import record
from regulation.channels import Channel
from regulation.states import State
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.actors import SYSTEM
from intake.domain.life_cycle import Action
from intake.domain.news import FinishedPaper, UnitNews
from intake.domain.papers import Paper
from intake.events import DossierReturned
from intake.models import Document, Dossier, VaultPaper
from intake.ports import Means
from intake.queries.dossiers import told_dossier
from intake.queries.letters import issuer_of, procedure_of
from intake.queries.pickup import compared


async def release_result(
    session: AsyncSession, means: Means, news: UnitNews, paper: FinishedPaper, *, now: datetime
) -> None:
    """Take over result or rejection; a paper whose signature does not hold is kept but not released.

    Nor is the result of a dossier of which something is still to be signed or compared: the desk hands it over.

    Raises:
        ForeignDossierError: another agency settles it.
        NotYetError: the dossier or its file has not arrived.

    Source: TN PL.B3; TN Đ.11.5.a; QT Đ.19.2; QT Đ.19.3; R-RES-02, R-RES-03, R-VLT-03, R-SUB-10
    """
    dossier = await told_dossier(session, news)
    if news.version <= dossier.unit_version:
        return
    signature = await means.check_finished(paper.sha256)
    kind = Paper.REJECTION if news.state == State.REJECTED else Paper.RESULT
    action = Action.REJECT if kind is Paper.REJECTION else Action.COMPLETE
    dossier.take(action, news.actor(), news.at, paper=paper.name, details=news.details())
    dossier.follow(news)
    document = Document.finished(dossier, kind, paper, news.at, **signature.proof(paper.signer))
    session.add(document)
    if kind is Paper.RESULT:
        who = await procedure_of(session, dossier), document, await issuer_of(session, dossier)
        session.add_all(VaultPaper.issued(means.rules.vault, dossier, *who))
        dossier.result_ready_at = news.at
        goes = signature.valid and dossier.result_channel == Channel.ONLINE
        if goes and await compared(session, means.rules, dossier):
            await _deliver(session, dossier, max(now, news.at))


async def _deliver(session: AsyncSession, dossier: Dossier, at: datetime) -> None:
    """Return the result online, at once, with its time."""
    dossier.take(Action.RETURN, SYSTEM, at, details={"way": Channel.ONLINE})
    dossier.returned_at, dossier.return_way = at, Channel.ONLINE
    await session.flush()
    await record(session, DossierReturned(**dossier.facts(), returned_at=at, way=Channel.ONLINE))
