"""Writing in a book: entering, adding what was done, correcting, closing."""

from typing import Annotated, Any, Final

from common.api import IdempotencyDep
from common.api.deps import only_for
from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, StringConstraints
from regulation.days import Moment
from regulation.roles import who_may
from regulation.typed import Typed

from registers.api.books import shown
from registers.api.deps import WritingDep
from registers.api.shapes import EntryOut
from registers.domain.book import KEEPS
from registers.usecases.add_deed import add_deed
from registers.usecases.close_entry import close_entry
from registers.usecases.correct_entry import correct_entry
from registers.usecases.open_entry import open_entry

KEEPERS: Final = frozenset(role for right in KEEPS for role in who_may(right))
router = APIRouter(
    prefix="/api/registers/books/{book}/entries", tags=["books"], dependencies=[only_for(KEEPERS)]
)
Words = Annotated[Typed, StringConstraints(strip_whitespace=True, min_length=3, max_length=2000)]
Values = Annotated[dict[str, Any], Field(max_length=100)]


class OpenEntryBody(BaseModel):
    """The answers with which an entry begins."""

    values: Values


class AddDeedBody(BaseModel):
    """What was done; now where no time is given."""

    what: Words
    done_at: Moment | None = None


class CorrectEntryBody(BaseModel):
    """The answers that change, of the version that was seen, and why."""

    version: int
    values: Values
    reason: Words


class CloseEntryBody(BaseModel):
    """The answers with which an entry of the version that was seen ends."""

    version: int
    values: Values


@router.post("", status_code=201, response_model=EntryOut)
async def enter(desk: WritingDep, idem: IdempotencyDep, body: OpenEntryBody) -> EntryOut | JSONResponse:
    """Enter something in a book under its next number."""
    if hit := await idem.replay(desk.session):
        return hit
    entry = await open_entry(desk.session, desk.book, desk.caller.subject, body.values, desk.now)
    out = await shown(desk, entry)
    await idem.remember(desk.session, 201, out)
    return out


@router.post("/{number}/deeds", status_code=201, response_model=EntryOut)
async def tell_deed(
    desk: WritingDep, idem: IdempotencyDep, number: str, body: AddDeedBody
) -> EntryOut | JSONResponse:
    """Add what was done about an entry."""
    if hit := await idem.replay(desk.session):
        return hit
    done_at = body.done_at or desk.now
    entry = await add_deed(
        desk.session, desk.book, desk.caller, number, what=body.what, done_at=done_at, now=desk.now
    )
    out = await shown(desk, entry)
    await idem.remember(desk.session, 201, out)
    return out


@router.post("/{number}/corrections", status_code=201)
async def correct(desk: WritingDep, number: str, body: CorrectEntryBody) -> EntryOut:
    """Correct an entry; what stood there before stays in its lines."""
    entry = await correct_entry(
        desk.session,
        desk.book,
        desk.caller,
        number,
        version=body.version,
        typed=body.values,
        reason=body.reason,
        now=desk.now,
    )
    return await shown(desk, entry)


@router.post("/{number}/closing", status_code=201)
async def close(desk: WritingDep, number: str, body: CloseEntryBody) -> EntryOut:
    """Close an entry with its end and its cause."""
    entry = await close_entry(
        desk.session, desk.book, desk.caller, number, version=body.version, typed=body.values, now=desk.now
    )
    return await shown(desk, entry)
