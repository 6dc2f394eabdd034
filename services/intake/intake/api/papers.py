"""Papers and files of a dossier, handed out to whoever may open the dossier; its owner reads who did."""

import secrets
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Literal, TypeVar

from common.api.deps import only_for
from fastapi import APIRouter, Query, Response
from files.downloads import download_headers
from regulation.codes.verification import BYTES_NEEDED
from regulation.roles import Part, Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from intake.api.deps import Visit, VisitDep
from intake.api.paper_copies import Copied, converted, converting
from intake.domain.errors import (
    DocumentNotReadyError,
    FileNotFoundInDossierError,
    ResultNotYoursError,
)
from intake.domain.paper_errors import RevokedPaperError
from intake.domain.papers import TITLES, Paper, PaperState
from intake.models import Attachment, Document, Dossier
from intake.queries.dossiers import may_have
from intake.usecases.issue_document import issue_document
from intake.usecases.look_at_dossier import look_at_dossier

router = APIRouter(prefix="/api/intake/dossiers/{code}", tags=["papers"])
Unscanned = Annotated[Literal["open"] | None, Query(description="`open` confirms the warning")]
P = TypeVar("P", Document, Attachment)
Shown = Annotated[
    Literal["screen"] | None,
    Query(description="`screen` asks for the JPEG of a picture browsers do not show"),
]


@router.get("/documents/{document_id}", response_class=Response)
async def document(code: str, document_id: uuid.UUID, visit: VisitDep) -> Response:
    """Return a paper as PDF; one that is not printed yet is printed now."""
    paper, pdf = await _printed(visit, code, document_id)
    return _file(pdf, _called(paper), paper.media_type)


@router.get(
    "/documents/{document_id}/paper-copy",
    response_class=Response,
    dependencies=[only_for(who_may(Right.HAND_OVER_RESULT))],
)
async def document_on_paper(code: str, document_id: uuid.UUID, visit: VisitDep) -> Response:
    """Return a paper as it is printed for who wants it on paper, with what says of what it is the copy."""
    await converting(visit, code)
    paper, pdf = await _printed(visit, code, document_id)
    if paper.revoked_at is not None:
        raise RevokedPaperError
    copied = Copied(_called(paper), pdf, paper.media_type, paper.verification_code)
    return _file(await converted(visit, code, copied), f"Bản giấy - {copied.name}", "application/pdf")


@router.get("/files/{file_id}", response_class=Response)
async def file(
    code: str, file_id: uuid.UUID, visit: VisitDep, unscanned: Unscanned = None, shown: Shown = None
) -> Response:
    """Return an attached file; one the scanner did not clear opens only after the warning was confirmed."""
    found = await _opened(visit, code, file_id, confirmed=unscanned == "open")
    return _file(*await visit.means.reception.fetch(found, on_screen=shown is not None))


@router.get(
    "/files/{file_id}/paper-copy",
    response_class=Response,
    dependencies=[only_for(who_may(Right.HAND_OVER_RESULT))],
)
async def file_on_paper(
    code: str, file_id: uuid.UUID, visit: VisitDep, unscanned: Unscanned = None
) -> Response:
    """Return an attached PDF or picture as it is printed for who wants it on paper."""
    await converting(visit, code)
    found = await _opened(visit, code, file_id, confirmed=unscanned == "open")
    data, name, media_type = await visit.means.reception.fetch(found, on_screen=True)
    copied = Copied(name, data, media_type, None)
    return _file(await converted(visit, code, copied), f"Bản giấy - {name}.pdf", "application/pdf")


async def _printed(visit: Visit, code: str, document_id: uuid.UUID) -> tuple[Document, bytes]:
    async with _opening(visit, code, Part.PAPER) as (session, dossier):
        paper = _of(code, await session.get(Document, document_id))
        if not may_have(paper.kind, dossier, visit.caller.subject):
            raise ResultNotYoursError
    if paper.state == PaperState.PENDING:
        entropy = secrets.token_bytes(BYTES_NEEDED)
        await issue_document(visit.database, visit.means, document_id, entropy=entropy, now=visit.now)
        async with visit.database.sessions() as session:
            paper = _of(code, await session.get(Document, document_id))
    if paper.state != PaperState.READY or paper.sha256 is None:
        raise DocumentNotReadyError(problem=paper.problem or paper.state)
    return paper, await visit.means.files.get(paper.sha256)


async def _opened(visit: Visit, code: str, file_id: uuid.UUID, *, confirmed: bool) -> Attachment:
    async with _opening(visit, code, Part.FILE) as (session, _):
        found = _of(code, await session.get(Attachment, file_id))
        known = confirmed or visit.caller.subject == found.uploaded_by
        visit.means.reception.expect_open(found, confirmed=known)
    return found


def _called(paper: Document) -> str:
    return f"{TITLES[Paper(paper.kind)]['vi']} {paper.dossier_code}.pdf"


@asynccontextmanager
async def _opening(visit: Visit, code: str, part: Part) -> AsyncIterator[tuple[AsyncSession, Dossier]]:
    """Open a dossier in a transaction of its own; the look is kept unless what was asked for is refused."""
    async with visit.database.sessions.begin() as session:
        async with visit.watched(code):
            dossier = await look_at_dossier(session, visit.caller, code, part, visit.now)
        yield session, dossier


def _of(code: str, found: P | None) -> P:
    if found is None or found.dossier_code != code:
        raise FileNotFoundInDossierError
    return found


def _file(data: bytes, name: str, media_type: str) -> Response:
    return Response(data, media_type=media_type, headers=download_headers(name))
