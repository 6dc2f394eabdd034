"""How an order for many dossiers looks over HTTP, and what is chosen before it is given."""

import uuid
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from common.bulk import ItemState
from pydantic import BaseModel
from regulation.text import Lang

from processing.api.proposal_out import ProposalOut
from processing.api.shapes import DossierRowOut
from processing.domain.bulk import BulkDeed
from processing.models import Bulk, BulkItem


class ChosenOut(DossierRowOut):
    """A chosen dossier, whether the deed is possible now, and what would be signed."""

    possible: bool
    template_title: str
    proposal: ProposalOut | None


class ChosenPageOut(BaseModel):
    """What was chosen, as far as the caller may read it."""

    items: list[ChosenOut]


class BulkItemOut(BaseModel):
    """One dossier of an order, what became of it, and in words why not."""

    code: str
    state: ItemState
    refusal: str | None
    refusal_code: str | None
    settled_at: datetime | None


class BulkRowOut(BaseModel):
    """An order for many dossiers: how many are done, refused and still waiting."""

    id: uuid.UUID
    deed: BulkDeed
    started_at: datetime
    finished_at: datetime | None
    total: int
    done: int
    refused: int
    waiting: int


class BulkOut(BulkRowOut):
    """An order with each of its dossiers, as they were chosen."""

    items: list[BulkItemOut]


def bulk_row_out(bulk: Bulk, items: Sequence[BulkItem]) -> BulkRowOut:
    """Describe an order by its figures."""
    counted = Counter(one.state for one in items)
    return BulkRowOut(
        id=bulk.id,
        deed=BulkDeed(bulk.deed),
        started_at=bulk.started_at,
        finished_at=bulk.finished_at,
        total=len(items),
        done=counted[ItemState.DONE],
        refused=counted[ItemState.REFUSED],
        waiting=counted[ItemState.WAITING],
    )


def bulk_out(bulk: Bulk, items: Sequence[BulkItem], lang: Lang) -> BulkOut:
    """Describe an order with its dossiers."""
    told = [
        BulkItemOut(
            code=one.code,
            state=ItemState(one.state),
            refusal=(one.refusal or {}).get(lang),
            refusal_code=(one.refusal or {}).get("code"),
            settled_at=one.settled_at,
        )
        for one in items
    ]
    return BulkOut(**bulk_row_out(bulk, items).model_dump(), items=told)
