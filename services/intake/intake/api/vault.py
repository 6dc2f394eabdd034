"""The vault: what is kept for the caller, who used it, one paper, everything at once."""

import asyncio
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from typing import Annotated, BinaryIO

from common.api import IdempotencyDep
from common.api.deps import Page, only_for
from fastapi import APIRouter, Depends, Path, Response
from fastapi.responses import JSONResponse, StreamingResponse
from files.downloads import download_headers
from pydantic import BaseModel, ConfigDict
from regulation.roles import Right, who_may

from intake.api.deps import MeansDep, Visit, VisitDep
from intake.api.vault_out import OwnPaperOut, own_out
from intake.domain.vault import Mode
from intake.domain.vault_bundle import Bundle, entry_name
from intake.domain.vault_errors import PaperNotFoundError, VaultNotKeptError
from intake.models import VaultPaper
from intake.queries.vault import kept_papers, own_paper, uses_of
from intake.usecases.withhold_paper import withhold_paper

CHUNK = 256 * 1024
IN_MEMORY = 8 * 1024 * 1024


async def kept_here(means: MeansDep) -> None:
    """Answer as if there were nothing where the province keeps no vault. Raises: VaultNotKeptError."""
    if means.rules.vault is Mode.OFF:
        raise VaultNotKeptError


router = APIRouter(
    prefix="/api/intake/vault",
    tags=["vault"],
    dependencies=[only_for(who_may(Right.FOLLOW_DOSSIER)), Depends(kept_here)],
)
PaperId = Annotated[uuid.UUID, Path()]


class WithholdPaperBody(BaseModel):
    """Whether forms may offer the paper."""

    model_config = ConfigDict(extra="forbid")

    offered: bool


@router.get("/papers")
async def papers(visit: VisitDep) -> Page[OwnPaperOut]:
    """List what is kept for the caller, the newest first, with every use of it."""
    kept = await kept_papers(visit.session, visit.caller.subject)
    uses = await uses_of(visit.session, [paper.id for paper in kept])
    return Page(items=[own_out(paper, uses, visit) for paper in kept], total=len(kept))


@router.put("/papers/{paper_id}/offering", response_model=OwnPaperOut)
async def withhold(
    paper_id: PaperId, body: WithholdPaperBody, visit: VisitDep, idem: IdempotencyDep
) -> OwnPaperOut | JSONResponse:
    """Take an own paper out of what forms offer, or put it back."""
    if hit := await idem.replay(visit.session):
        return hit
    paper = await withhold_paper(visit.session, visit.caller, paper_id, offered=body.offered, now=visit.now)
    out = own_out(paper, await uses_of(visit.session, [paper.id]), visit)
    await idem.remember(visit.session, 200, out)
    return out


@router.get("/papers/{paper_id}/files/{number}", response_class=Response)
async def file(paper_id: PaperId, number: Annotated[int, Path(ge=1, le=999)], visit: VisitDep) -> Response:
    """Return a file of an own paper."""
    paper = await own_paper(visit.session, visit.caller.subject, paper_id)
    if number > len(paper.files):
        raise PaperNotFoundError
    one = paper.files[number - 1]
    data = await visit.means.files.get(one["sha256"])
    return Response(
        data, media_type=one["media_type"], headers=download_headers(one["name"] or f"{paper_id}.pdf")
    )


@router.get("/export", response_class=StreamingResponse)
async def export(visit: VisitDep) -> StreamingResponse:
    """Return everything kept for the caller in one ZIP with a list of it; revoked papers too, marked as such."""
    kept = await kept_papers(visit.session, visit.caller.subject, limit=None)
    target = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed once it was sent
    await _write(visit, kept, target)  # type: ignore[arg-type]
    name = f"kho-du-lieu-{visit.now:%Y%m%d}.zip"
    return StreamingResponse(
        _sent(target),  # type: ignore[arg-type]
        media_type="application/zip",
        headers=download_headers(name),
    )


async def _write(visit: Visit, kept: Sequence[VaultPaper], target: BinaryIO) -> None:
    """Write every file and what is known of it, one after the other: however much it is, little stands in memory."""
    bundle, told = Bundle(target), []
    uses = await uses_of(visit.session, [paper.id for paper in kept], limit=None)
    for number, paper in enumerate(kept, 1):
        names = []
        for place, one in enumerate(paper.files, 1):
            names.append(entry_name(number, place, one["name"]))
            await asyncio.to_thread(bundle.add, names[-1], await visit.means.files.get(one["sha256"]))
        known = own_out(paper, uses, visit).model_dump(mode="json", exclude={"files"})
        told.append({**known, "files": names, "sha256": [one["sha256"] for one in paper.files]})
    await asyncio.to_thread(bundle.close, visit.caller.subject, visit.now.isoformat(), told)


def _sent(target: BinaryIO) -> Iterator[bytes]:
    """Give the file piece by piece and forget it."""
    with target:
        target.seek(0)
        while piece := target.read(CHUNK):
            yield piece
