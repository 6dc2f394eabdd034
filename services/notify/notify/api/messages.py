"""A person's portal inbox."""

import uuid
from datetime import datetime
from typing import Annotated
from urllib.parse import quote

from common.api import CallerDep, DatabaseDep, LangDep, NowDep, Page, SessionDep
from common.errors import NotFoundError
from fastapi import APIRouter, Query, Response
from pydantic import BaseModel
from regulation.text import Lang

from notify import queries
from notify.api.deps import BuiltDep
from notify.models import Message
from notify.usecases.read_message import read_message

router = APIRouter(prefix="/api/notify/messages", tags=["messages"])


class AttachmentOut(BaseModel):
    """A document that came with a notice."""

    name: str
    media_type: str
    size: int
    url: str


class DeliveryOut(BaseModel):
    """How a notice went over one channel."""

    channel: str
    state: str
    reason: str | None
    finished_at: datetime | None


class MessageOut(BaseModel):
    """A notice in the language of the request."""

    id: uuid.UUID
    kind: str
    dossier_code: str | None
    subject: str
    body: str
    link: str
    due_at: datetime | None
    created_at: datetime
    read_at: datetime | None
    attachments: list[AttachmentOut]
    deliveries: list[DeliveryOut]


class UnreadOut(BaseModel):
    """How many notices wait."""

    unread: int


def message_out(message: Message, lang: Lang) -> MessageOut:
    """Describe a notice in one language."""
    attachments = [
        AttachmentOut(**one, url=f"{router.prefix}/{message.id}/attachments/{one['sha256']}")
        for one in message.attachments
    ]
    deliveries = [DeliveryOut.model_validate(one, from_attributes=True) for one in message.deliveries]
    return MessageOut(
        id=message.id,
        kind=message.kind,
        dossier_code=message.dossier_code,
        subject=message.subject[lang],
        body=message.body[lang],
        link=message.link[lang],
        due_at=message.due_at,
        created_at=message.created_at,
        read_at=message.read_at,
        attachments=attachments,
        deliveries=sorted(deliveries, key=lambda one: one.channel),
    )


@router.get("")
async def list_messages(
    *,
    caller: CallerDep,
    session: SessionDep,
    lang: LangDep,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=60)] = None,
) -> Page[MessageOut]:
    """List the caller's notices, newest first."""
    page = await queries.inbox(session, caller.subject, limit=limit, cursor=cursor)
    items = [message_out(message, lang) for message in page.items]
    return Page[MessageOut](items=items, total=page.total, next=page.next)


@router.get("/unread-count")
async def count_unread(caller: CallerDep, session: SessionDep) -> UnreadOut:
    """Count the caller's unopened notices."""
    return UnreadOut(unread=await queries.unread_count(session, caller.subject))


@router.post("/{message_id}/reading")
async def read(
    message_id: uuid.UUID, caller: CallerDep, session: SessionDep, lang: LangDep, now: NowDep
) -> MessageOut:
    """Note that the caller opened a notice."""
    return message_out(await read_message(session, caller.subject, message_id, now), lang)


@router.get("/{message_id}/attachments/{sha256}", response_class=Response)
async def download(
    message_id: uuid.UUID, sha256: str, caller: CallerDep, database: DatabaseDep, built: BuiltDep
) -> Response:
    """Fetch a document that came with one of the caller's notices."""
    async with database.sessions() as session:
        message = await queries.own_message(session, caller.subject, message_id)
    found = next((one for one in message.attachments if one["sha256"] == sha256), None)
    if found is None:
        raise NotFoundError
    name = quote(found["name"])
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Cache-Control": "no-store"}
    return Response(await built.documents.get(sha256), media_type=found["media_type"], headers=headers)
