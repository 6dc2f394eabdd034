"""Release what the specialist unit finished: check its signature, keep it, deliver it online when so wished."""

from dataclasses import dataclass
from datetime import datetime

from common.files import FileMissingError
from common.ids import uuid7
from common.inbox import NotYetError
from common.outbox import record
from regulation.states import State
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.actors import SYSTEM
from intake.domain.life_cycle import Action
from intake.domain.news import UnitNews
from intake.domain.papers import Paper, PaperState
from intake.events import DossierReturned
from intake.models import Document, Dossier
from intake.ports import Office, Signature
from intake.queries.dossiers import told_dossier


@dataclass(frozen=True)
class FinishedPaper:
    """The signed paper in the shared file store."""

    sha256: str
    size: int
    name: str
    media_type: str
    verification_code: str
    signer: str | None


async def release_result(
    session: AsyncSession, office: Office, news: UnitNews, paper: FinishedPaper, *, now: datetime
) -> None:
    """Take over result or rejection; a paper whose signature does not hold is kept but not released.

    Raises:
        NotYetError: the dossier or its file has not arrived.

    Source: TN PL.B3; TN Đ.11.5.a; QT Đ.19.2; QT Đ.19.3; R-RES-02, R-RES-03
    """
    dossier = await told_dossier(session, news.code)
    if news.version <= dossier.unit_version:
        return
    signature = await office.signatures.check(await _content(office, paper))
    kind = Paper.REJECTION if news.state == State.REJECTED else Paper.RESULT
    action = Action.REJECT if kind is Paper.REJECTION else Action.COMPLETE
    dossier.take(action, news.actor(), news.at, paper=paper.name, details=news.details())
    dossier.follow(news)
    session.add(_document(dossier, kind, paper, signature, news.at))
    if kind is Paper.RESULT:
        dossier.result_ready_at = news.at
        if signature.valid and dossier.result_channel == "online":
            await _deliver(session, dossier, max(now, news.at))


async def _content(office: Office, paper: FinishedPaper) -> bytes:
    try:
        return await office.files.get(paper.sha256)
    except FileMissingError:
        raise NotYetError("file", paper.sha256) from None


def _document(
    dossier: Dossier, kind: Paper, paper: FinishedPaper, signature: Signature, at: datetime
) -> Document:
    return Document(
        id=uuid7(),
        dossier_code=dossier.code,
        kind=kind,
        number=1,
        agency=dossier.competent_agency,
        created_at=at,
        content={"name": paper.name},
        state=PaperState.READY if signature.valid else PaperState.BLOCKED,
        must_sign=True,
        sha256=paper.sha256,
        size=paper.size,
        media_type=paper.media_type,
        signed=signature.valid,
        signer=signature.signer or paper.signer,
        verification_code=paper.verification_code,
        problem=signature.problem,
    )


async def _deliver(session: AsyncSession, dossier: Dossier, at: datetime) -> None:
    """Return the result online, at once, with its time."""
    dossier.take(Action.RETURN, SYSTEM, at, details={"way": "online"})
    dossier.returned_at, dossier.return_way = at, "online"
    await session.flush()
    await record(session, DossierReturned(**dossier.facts(), returned_at=at, way="online"))
