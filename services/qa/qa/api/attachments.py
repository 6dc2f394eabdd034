"""Files: taken ahead of the question, and handed out to who may see it."""

import uuid
from datetime import datetime
from typing import Annotated, Literal

from common.api import CallerDep, IdempotencyDep, Page, SessionDep
from common.api.deps import DatabaseDep, OptionalCallerDep, only_for
from common.errors import AccountLimitedError
from fastapi import APIRouter, Query, Request, Response, UploadFile
from fastapi.responses import JSONResponse
from files.downloads import download_headers
from live.limited import asking
from pydantic import BaseModel
from regulation.roles import Right, who_may

from qa import queries
from qa.api.deps import Built, BuiltDep, Cursor, DeskDep, Limit, Number, VisitDep
from qa.api.follow import KeyBody
from qa.domain.attachments import pieces
from qa.models import Attachment
from qa.queries.attachments import file_by_key, file_of, malware_reports
from qa.queries.feedback import feedback_for, own_feedback
from qa.usecases.take_upload import Upload, examine_upload, take_upload

router = APIRouter(prefix="/api/qa", tags=["attachments"])
OWN = [only_for(who_may(Right.FOLLOW_QUESTION))]
Unscanned = Annotated[Literal["open"] | None, Query(description="`open` confirms the warning")]
Shown = Annotated[
    Literal["screen"] | None,
    Query(description="`screen` asks for the JPEG of a picture browsers do not show"),
]


class UploadOut(BaseModel):
    """A file that waits for its question; the ticket is told once, and sends it along."""

    ticket: str
    name: str
    size: int
    scan: str


class KeyedFileBody(KeyBody):
    """A file of a question or feedback that somebody follows without an account."""

    file: uuid.UUID
    shown: Literal["screen"] | None = None


class MalwareReportOut(BaseModel):
    """An infected upload."""

    id: uuid.UUID
    found_at: datetime
    agency: str
    number: str | None
    file_name: str
    sha256: str
    signature: str


@router.post("/uploads", status_code=201, response_model=UploadOut)
async def upload(
    *,
    built: BuiltDep,
    database: DatabaseDep,
    visit: VisitDep,
    caller: OptionalCallerDep,
    idem: IdempotencyDep,
    request: Request,
    file: UploadFile,
) -> UploadOut | JSONResponse:
    """Take a file for a question or feedback that is sent next; it waits six hours. Source: R-FBK-01; R-SEC-05"""
    if caller is not None and caller.limited:
        raise AccountLimitedError
    async with database.sessions() as looking:
        if hit := await idem.replay(looking):
            return hit
    data = await file.read(built.reception.limits.file_bytes + 1)
    await built.patience.claim(request, "uploads", times=2, count=pieces(len(data)))
    if caller is None:
        await built.patience.claim_room(request, len(data))
    came = Upload(file.filename or "", data, caller, (await asking(request))[-1])
    taken = await examine_upload(database, built.reception, came, now=visit.now)
    if hit := await idem.replay(visit.session):
        return hit
    row, ticket = await take_upload(visit.session, taken, caller, visit.now)
    out = UploadOut(ticket=ticket, name=row.name, size=row.size, scan=row.scan)
    await idem.remember(visit.session, 201, out)
    return out


async def _given(built: Built, file: Attachment, *, confirmed: bool, shown: str | None) -> Response:
    """Hand a file out as a download under the name we gave it."""
    built.reception.expect_open(file, confirmed=confirmed)
    data, name, kind = await built.reception.fetch(file, on_screen=shown is not None)
    return Response(data, media_type=kind, headers=download_headers(name))


@router.get(
    "/questions/{question}/files/{attachment_id}",
    response_class=Response,
    dependencies=[only_for(who_may(Right.READ_QUESTIONS))],
)
async def of_question(
    *,
    built: BuiltDep,
    desk: DeskDep,
    attachment_id: uuid.UUID,
    unscanned: Unscanned = None,
    shown: Shown = None,
) -> Response:
    """Hand a file of a question to an officer who may see it; one no scanner cleared only after the warning."""
    found = await file_of(desk.session, desk.question.number, attachment_id)
    return await _given(built, found, confirmed=unscanned is not None, shown=shown)


@router.get(
    "/feedback/{feedback}/files/{attachment_id}",
    response_class=Response,
    dependencies=[only_for(who_may(Right.READ_FEEDBACK))],
)
async def of_feedback(
    *,
    built: BuiltDep,
    session: SessionDep,
    caller: CallerDep,
    feedback: Number,
    attachment_id: uuid.UUID,
    unscanned: Unscanned = None,
    shown: Shown = None,
) -> Response:
    """Hand a file of feedback to an officer who may see it; one no scanner cleared only after the warning."""
    about = await feedback_for(session, caller, feedback)
    found = await file_of(session, about.number, attachment_id)
    return await _given(built, found, confirmed=unscanned is not None, shown=shown)


@router.get("/own-questions/{question}/files/{attachment_id}", response_class=Response, dependencies=OWN)
async def of_own_question(
    *,
    built: BuiltDep,
    session: SessionDep,
    caller: CallerDep,
    question: Number,
    attachment_id: uuid.UUID,
    shown: Shown = None,
) -> Response:
    """Hand an asker the own file back."""
    about = await queries.own_question(session, caller.subject, question)
    return await _given(
        built, await file_of(session, about.number, attachment_id), confirmed=True, shown=shown
    )


@router.get("/own-feedback/{feedback}/files/{attachment_id}", response_class=Response, dependencies=OWN)
async def of_own_feedback(
    *,
    built: BuiltDep,
    session: SessionDep,
    caller: CallerDep,
    feedback: Number,
    attachment_id: uuid.UUID,
    shown: Shown = None,
) -> Response:
    """Hand a sender the own file back."""
    about = await own_feedback(session, caller.subject, feedback)
    return await _given(
        built, await file_of(session, about.number, attachment_id), confirmed=True, shown=shown
    )


@router.post("/follow-ups/files", response_class=Response)
async def by_key(built: BuiltDep, session: SessionDep, body: KeyedFileBody) -> Response:
    """Hand a file back to whoever has the key of its question or feedback."""
    found = await file_by_key(session, body.key, body.file)
    return await _given(built, found, confirmed=True, shown=body.shown)


@router.get("/malware-reports", dependencies=[only_for(who_may(Right.READ_MALWARE))])
async def reports(
    session: SessionDep, caller: CallerDep, limit: Limit = 50, cursor: Cursor = None
) -> Page[MalwareReportOut]:
    """List infected uploads: the head sees those of the own agency, the operator all."""
    found = await malware_reports(session, caller, limit=limit, cursor=cursor)
    items = [MalwareReportOut.model_validate(row, from_attributes=True) for row in found.rows]
    return Page(items=items, total=found.total, next=found.next)
