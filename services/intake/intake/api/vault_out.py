"""The shapes in which kept papers and their uses leave intake."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel
from regulation.text import Lang
from regulation.zone import local_day
from sqlalchemy import Row

from intake.api.deps import Visit
from intake.domain.vault import Signed, fitness, reason
from intake.models import VaultPaper


class VaultFileOut(BaseModel):
    """One file of a kept paper; `number` counts from 1."""

    number: int
    name: str
    size: int
    media_type: str


class VaultUseOut(BaseModel):
    """One use: seen by an officer, or taken for a dossier; without a dossier it is a draft, or was taken out again."""

    deed: str
    at: datetime
    by_owner: bool
    officer: str | None
    agency_name: str | None
    code: str | None
    taken_out: bool


class VaultPaperOut(BaseModel):
    """A paper in somebody's vault; `fitness` is valid, uncertain, expired, revoked, replaced, broken or withheld."""

    id: uuid.UUID
    kind: str
    name: str
    number: str | None
    issuer: str | None
    issued_on: date | None
    expires_on: date | None
    lasting: bool
    signature: str
    signature_label: str
    code: str
    kept_at: datetime
    fitness: str
    reusable: bool
    reason: str
    offered: bool
    files: list[VaultFileOut]


class OwnPaperOut(VaultPaperOut):
    """A paper as its owner reads it, with every use of it."""

    uses: list[VaultUseOut]


class OfferedPaperOut(VaultPaperOut):
    """A paper that is of the type a component asks for, and whether it stands there already."""

    component: str
    taken: bool


class OfferedPapersOut(BaseModel):
    """What the vault holds for the components of a draft or dossier."""

    items: list[OfferedPaperOut]
    total: int


def paper_out(paper: VaultPaper, visit: Visit) -> dict[str, Any]:
    """Return a paper's fields by the names of its shape."""
    today = local_day(visit.now)
    found = fitness(paper, today)
    return {
        "id": paper.id,
        "kind": paper.kind,
        "name": paper.title(visit.lang),
        "number": paper.number,
        "issuer": paper.issuer,
        "issued_on": paper.issued_on,
        "expires_on": paper.expires_on,
        "lasting": paper.lasting,
        "signature": paper.signature,
        "signature_label": Signed(paper.signature).said(visit.lang),
        "code": paper.dossier_code,
        "kept_at": paper.kept_at,
        "fitness": found,
        "reusable": found.reusable,
        "reason": reason(paper, today, visit.lang),
        "offered": paper.withheld_at is None,
        "files": [
            VaultFileOut(number=number, **{name: file[name] for name in ("name", "size", "media_type")})
            for number, file in enumerate(paper.files, 1)
        ],
    }


def offered_out(
    offers: Iterable[tuple[str, VaultPaper]], taken: Collection[tuple[str, uuid.UUID]], visit: Visit
) -> OfferedPapersOut:
    """Return what the vault holds for components, with what was taken already."""
    items = [
        OfferedPaperOut(**paper_out(paper, visit), component=component, taken=(component, paper.id) in taken)
        for component, paper in offers
    ]
    return OfferedPapersOut(items=items, total=len(items))


def own_out(paper: VaultPaper, uses: Sequence[Row[Any]], visit: Visit) -> OwnPaperOut:
    """Return a paper with its uses, the newest first."""
    told = [_use(row, visit.caller.subject, visit.lang) for row in uses if row.VaultUse.paper_id == paper.id]
    return OwnPaperOut(**paper_out(paper, visit), uses=told)


def _use(row: Row[Any], owner: str, lang: Lang) -> VaultUseOut:
    use = row.VaultUse
    return VaultUseOut(
        deed=use.deed,
        at=use.at,
        by_owner=use.actor_id == owner,
        officer=row.display_name,
        agency_name=row.Agency.title(lang) if row.Agency else use.agency,
        code=row.code,
        taken_out=use.deed == "taken" and row.file_id is None,
    )
