"""The ways of looking at the desk's queues that an officer keeps under a name."""

import uuid
from typing import Annotated

from common.api import IdempotencyDep
from common.api.deps import only_for
from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from regulation.days import Day
from regulation.queues import Column, DeskList, Sort
from regulation.roles import Right, who_may
from regulation.typed import Tidied

from intake.api.deps import VisitDep
from intake.domain.saved_views import COLUMNS, Look
from intake.models import SavedView
from intake.usecases.drop_view import drop_view
from intake.usecases.rename_view import rename_view
from intake.usecases.save_view import save_view

router = APIRouter(prefix="/api/intake/desk/views", tags=["desk"])
READS = only_for(who_may(Right.READ_DESK))
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60), Tidied]
Word = Annotated[str, StringConstraints(max_length=100)]


class ChosenBody(BaseModel):
    """What narrows and orders a view, by the names of the queue's routes; nothing in a place narrows nothing."""

    model_config = ConfigDict(extra="forbid")

    state: Word = ""
    procedure: Word = ""
    channel: Word = ""
    officer: Word = ""
    since: Day | None = None
    until: Day | None = None
    sort: Sort | None = None

    def kept(self) -> dict[str, str]:
        """Return what is said."""
        return {name: str(value) for name, value in self.model_dump(mode="json").items() if value}


class SaveViewBody(BaseModel):
    """A list as it is looked at, and its name; no columns means those of the list."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    list: DeskList
    chosen: ChosenBody = Field(default_factory=ChosenBody)
    columns: tuple[Column, ...] = Field((), max_length=len(COLUMNS))


class RenameViewBody(BaseModel):
    """The new name."""

    model_config = ConfigDict(extra="forbid")

    name: Name


class SavedViewOut(BaseModel):
    """A view an officer keeps."""

    id: uuid.UUID
    name: str
    list: DeskList
    chosen: dict[str, str]
    columns: tuple[Column, ...]


def view_out(view: SavedView) -> SavedViewOut:
    """Return the row as the API shows it."""
    return SavedViewOut.model_validate(view, from_attributes=True)


@router.post("", dependencies=[READS], status_code=201, response_model=SavedViewOut)
async def save(body: SaveViewBody, visit: VisitDep, idem: IdempotencyDep) -> SavedViewOut | JSONResponse:
    """Keep a way of looking at the queues."""
    if hit := await idem.replay(visit.session):
        return hit
    columns = tuple(one for one in COLUMNS if one in body.columns)
    look = Look(body.list, body.chosen.kept(), columns)
    out = view_out(await save_view(visit.session, visit.caller, body.name, look, visit.now))
    await idem.remember(visit.session, 201, out)
    return out


@router.patch("/{view_id}", dependencies=[READS])
async def rename(view_id: uuid.UUID, body: RenameViewBody, visit: VisitDep) -> SavedViewOut:
    """Give a view another name."""
    return view_out(await rename_view(visit.session, visit.caller, view_id, body.name))


@router.delete("/{view_id}", dependencies=[READS], status_code=204)
async def drop(view_id: uuid.UUID, visit: VisitDep) -> Response:
    """Remove a view."""
    await drop_view(visit.session, visit.caller, view_id)
    return Response(status_code=204)
