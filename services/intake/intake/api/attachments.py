"""Files of drafts and of dossiers that wait for a supplement."""

import uuid
from datetime import datetime
from typing import Annotated

from common.api import Idempotency, IdempotencyDep
from common.api.deps import only_for
from fastapi import APIRouter, Form, Response, UploadFile
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from regulation.roles import Right, who_may

from intake.api.deps import Visit, VisitDep
from intake.models import Attachment
from intake.ports import Upload
from intake.usecases.attach_file import attach_file
from intake.usecases.detach_file import detach_file
from intake.usecases.examine_upload import examine_upload

router = APIRouter(prefix="/api/intake", tags=["attachments"])
Component = Annotated[str, Form(max_length=80)]
Source = Annotated[str | None, Form(max_length=40)]


class AttachmentOut(BaseModel):
    """An attached file; `scan` is clean, not_scanned, pending or infected."""

    id: uuid.UUID
    component: str
    name: str
    size: int
    media_type: str
    source: str
    scan: str
    uploaded_at: datetime

    @classmethod
    def of(cls, file: Attachment) -> "AttachmentOut":
        """Return the row as the API shows it."""
        return cls(
            id=file.id,
            component=file.component_id,
            name=file.name,
            size=file.size,
            media_type=file.media_type,
            source=file.source,
            scan=file.scan,
            uploaded_at=file.uploaded_at,
        )


async def _attach(upload: Upload, visit: Visit, idem: Idempotency) -> AttachmentOut | JSONResponse:
    """Attach once, however often it is sent; the file is examined before the transaction opens."""
    async with visit.database.sessions() as looking:
        if hit := await idem.replay(looking):
            return hit
    examined = await examine_upload(visit.database, visit.means, visit.caller, upload, now=visit.now)
    if hit := await idem.replay(visit.session):
        return hit
    out = AttachmentOut.of(
        await attach_file(visit.session, visit.means, visit.caller, examined, now=visit.now)
    )
    await idem.remember(visit.session, 201, out)
    return out


async def _read(visit: Visit, file: UploadFile) -> bytes:
    """Read at most one byte more than allowed: enough to know that it is too much."""
    return await file.read(visit.means.limits.file_bytes + 1)


@router.post(
    "/drafts/{draft_id}/attachments",
    dependencies=[only_for(who_may(Right.BEGIN_DRAFT))],
    status_code=201,
    response_model=AttachmentOut,
)
async def attach_to_draft(
    *,
    draft_id: uuid.UUID,
    component: Component,
    file: UploadFile,
    source: Source = None,
    visit: VisitDep,
    idem: IdempotencyDep,
) -> AttachmentOut | JSONResponse:
    """Attach a file to a component of a draft."""
    upload = Upload(component, file.filename or "", await _read(visit, file), source, draft_id=draft_id)
    return await _attach(upload, visit, idem)


@router.delete(
    "/drafts/{draft_id}/attachments/{file_id}",
    dependencies=[only_for(who_may(Right.BEGIN_DRAFT))],
    status_code=204,
)
async def detach(draft_id: uuid.UUID, file_id: uuid.UUID, visit: VisitDep) -> Response:
    """Take a file out of a draft."""
    await detach_file(visit.session, visit.caller, draft_id, file_id, now=visit.now)
    return Response(status_code=204)


@router.post(
    "/dossiers/{code}/attachments",
    dependencies=[only_for(who_may(Right.FOLLOW_DOSSIER))],
    status_code=201,
    response_model=AttachmentOut,
)
async def attach_to_dossier(
    *,
    code: str,
    component: Component,
    file: UploadFile,
    source: Source = None,
    visit: VisitDep,
    idem: IdempotencyDep,
) -> AttachmentOut | JSONResponse:
    """Attach a file to a dossier that waits for a supplement."""
    upload = Upload(component, file.filename or "", await _read(visit, file), source, dossier_code=code)
    async with visit.watched(code):
        return await _attach(upload, visit, idem)
