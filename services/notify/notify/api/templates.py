"""Texts of notices, for the operator."""

from datetime import datetime

from common.api import CallerDep, NowDep, SessionDep
from common.api.deps import only_for
from common.errors import NotFoundError
from fastapi import APIRouter
from pydantic import BaseModel, Field
from regulation.roles import Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from notify import queries
from notify.api.deps import BuiltDep
from notify.usecases.revise_template import Texts, revise_template
from notify.usecases.tell import Writer

router = APIRouter(
    prefix="/api/notify/templates", tags=["templates"], dependencies=[only_for(who_may(Right.EDIT_NOTICES))]
)
Text = dict[str, str]


class TemplateOut(BaseModel):
    """The text in force; version 1 ships with the suite."""

    kind: str
    version: int
    subject: Text
    body: Text
    sms: Text
    created_at: datetime | None


class ReviseTemplateBody(BaseModel):
    """A new text; `version` is the one it replaces."""

    version: int
    subject: Text = Field(max_length=4)
    body: Text = Field(max_length=4)
    sms: Text = Field(max_length=4)


async def _in_force(session: AsyncSession, kind: str, writer: Writer) -> TemplateOut:
    own = (await queries.newest_templates(session, [kind])).get(kind)
    if own is not None:
        return TemplateOut.model_validate(own, from_attributes=True)
    return TemplateOut(kind=kind, version=1, created_at=None, **writer.seeds[kind])


@router.get("")
async def list_templates(session: SessionDep, built: BuiltDep) -> list[TemplateOut]:
    """List the texts in force."""
    return [await _in_force(session, kind, built.writer) for kind in sorted(built.writer.seeds)]


@router.get("/{kind}")
async def show_template(kind: str, session: SessionDep, built: BuiltDep) -> TemplateOut:
    """Show the text in force."""
    if kind not in built.writer.seeds:
        raise NotFoundError
    return await _in_force(session, kind, built.writer)


@router.put("/{kind}")
async def revise(
    *,
    kind: str,
    body: ReviseTemplateBody,
    caller: CallerDep,
    session: SessionDep,
    built: BuiltDep,
    now: NowDep,
) -> TemplateOut:
    """Replace the text by a new version."""
    row = await revise_template(
        session,
        caller,
        kind,
        version=body.version,
        texts=Texts(body.subject, body.body, body.sms),
        seeds=built.writer.seeds,
        renderer=built.writer.renderer,
        now=now,
    )
    return TemplateOut.model_validate(row, from_attributes=True)
