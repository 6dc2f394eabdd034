"""Papers and files of a dossier, handed out to whoever may open the dossier."""

import secrets
import uuid
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Response
from regulation.codes.verification import BYTES_NEEDED

from intake.api.deps import Visit, VisitDep
from intake.domain.attachments import Scan
from intake.domain.errors import (
    DocumentNotReadyError,
    FileNotFoundInDossierError,
    FileNotOpenableError,
    FileQuarantinedError,
)
from intake.domain.file_kinds import JPEG
from intake.domain.papers import TITLES, Paper, PaperState
from intake.models import Attachment, Document
from intake.ports import Office
from intake.queries.dossiers import visible_dossier
from intake.usecases.issue_document import issue_document

router = APIRouter(prefix="/api/intake/dossiers/{code}", tags=["papers"])
Unscanned = Annotated[Literal["open"] | None, Query(description="`open` confirms the warning")]

Shown = Annotated[
    Literal["screen"] | None,
    Query(description="`screen` asks for the JPEG of a picture browsers do not show"),
]


@router.get("/documents/{document_id}", response_class=Response)
async def document(code: str, document_id: uuid.UUID, visit: VisitDep) -> Response:
    """Return a paper as PDF; one that is not printed yet is printed now."""
    paper = await _paper(visit, code, document_id)
    if paper.state == PaperState.PENDING:
        entropy = secrets.token_bytes(BYTES_NEEDED)
        await issue_document(visit.database, visit.office, document_id, entropy=entropy, now=visit.now)
        paper = await _paper(visit, code, document_id)
    if paper.state != PaperState.READY or paper.sha256 is None:
        raise DocumentNotReadyError(problem=paper.problem or paper.state)
    name = f"{TITLES[Paper(paper.kind)]['vi']} {code}.pdf"
    return _file(await visit.office.files.get(paper.sha256), name, paper.media_type)


@router.get("/files/{file_id}", response_class=Response)
async def file(
    code: str, file_id: uuid.UUID, visit: VisitDep, unscanned: Unscanned = None, shown: Shown = None
) -> Response:
    """Return an attached file; one the scanner did not clear opens only after the warning was confirmed."""
    found = await _attachment(visit, code, file_id)
    _allow(visit.office, found, confirmed=unscanned == "open" or visit.caller.subject == found.uploaded_by)
    if shown and found.rendition_sha256:
        return _file(await visit.office.files.get(found.rendition_sha256), f"{found.name}.jpg", JPEG)
    return _file(await visit.office.files.get(found.sha256), found.name, found.media_type)


async def _paper(visit: Visit, code: str, document_id: uuid.UUID) -> Document:
    async with visit.watched(code), visit.database.sessions() as session:
        await visible_dossier(session, visit.caller, code)
        paper = await session.get(Document, document_id)
    if paper is None or paper.dossier_code != code:
        raise FileNotFoundInDossierError
    return paper


async def _attachment(visit: Visit, code: str, file_id: uuid.UUID) -> Attachment:
    async with visit.watched(code), visit.database.sessions() as session:
        await visible_dossier(session, visit.caller, code)
        found = await session.get(Attachment, file_id)
    if found is None or found.dossier_code != code:
        raise FileNotFoundInDossierError
    return found


def _allow(office: Office, found: Attachment, confirmed: bool) -> None:
    """Keep a file shut that is infected, waits for the scanner, or was never scanned and not confirmed.

    Source: NB Đ.24.4; BD Đ.4.4; HN Đ.6.4; R-SEC-05
    """
    if found.scan == Scan.INFECTED:
        raise FileQuarantinedError
    if found.scan == Scan.CLEAN:
        return
    if found.scan == Scan.PENDING or office.scanning_required or not confirmed:
        raise FileNotOpenableError(field="unscanned", rule="scanned", scan=found.scan)


def _file(data: bytes, name: str, media_type: str) -> Response:
    """Return bytes as a download that no browser runs or guesses about."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
    }
    return Response(data, media_type=media_type, headers=headers)
