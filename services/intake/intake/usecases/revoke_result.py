"""Follow the specialist unit when it takes an issued result back or puts another in its place."""

from common.inbox import NotYetError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.life_cycle import Action
from intake.domain.news import FinishedPaper, UnitNews
from intake.domain.papers import Paper
from intake.models import Document, VaultPaper
from intake.ports import Means
from intake.queries.dossiers import told_dossier
from intake.queries.letters import issuer_of, procedure_of
from intake.queries.vault import result_kept


async def revoke_result(
    session: AsyncSession,
    means: Means,
    news: UnitNews,
    paper: FinishedPaper,
    *,
    revokes: str,
    number: str,
    replaced: bool,
) -> None:
    """Mark the old paper, keep the new one beside it; the dossier stays as it is, with all its times.

    Told twice, it happens once. `revokes` is the verification code of the paper that counts no more, `number` that of
    the decision.

    Raises:
        ForeignDossierError: another agency settles it.
        NotYetError: the dossier, the old paper or the new file has not arrived.

    Source: BD Đ.9.2.b; QT Đ.25.6; R-RES-07; R-VLT-04
    """
    dossier = await told_dossier(session, news)
    old = await session.scalar(select(Document).where(Document.verification_code == revokes))
    if old is None or old.dossier_code != dossier.code:
        raise NotYetError("document", revokes)
    if old.revoked_at is not None:
        return
    signature = await means.check_finished(paper.sha256)
    old.revoke(news.at, paper.verification_code, number)
    kind, action = (Paper.RESULT, Action.REPLACE) if replaced else (Paper.REVOCATION, Action.REVOKE)
    document = Document.finished(dossier, kind, paper, news.at, **signature.proof(paper.signer))
    session.add(document)
    if kept := await result_kept(session, dossier.code, revokes):
        kept.revoke(news.at, number, replaced=replaced)
    if replaced:
        who = await procedure_of(session, dossier), document, await issuer_of(session, dossier)
        session.add_all(VaultPaper.issued(means.rules.vault, dossier, *who))
    dossier.take(action, news.actor(), news.at, paper=paper.name)
    dossier.unit_version = max(dossier.unit_version, news.version)
