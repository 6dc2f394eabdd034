"""Order one deed for many dossiers; it is done dossier by dossier afterwards, whatever becomes of the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from common.errors import NotFoundError
from common.ids import uuid7
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from processing.domain.bulk import BulkDeed
from processing.models import Bulk, BulkItem


@dataclass(frozen=True)
class Ordered:
    """The deed, the dossiers with the version that was seen of each, and what else was said."""

    deed: BulkDeed
    items: Sequence[tuple[str, int]]
    said: Mapping[str, str | None] = field(default_factory=dict)


async def start_bulk(
    session: AsyncSession, caller: Caller, agency: str, ordered: Ordered, now: datetime
) -> Bulk:
    """Keep the order with who gave it; a dossier named twice stands in it once.

    What the caller may do is asked again at each dossier, when its turn comes.

    Raises:
        NotFoundError: the agency is not the caller's.

    Source: NB Đ.24.1; QT Đ.4.3; R-PRC-16; decision 0091
    """
    if caller.agency != agency:
        raise NotFoundError(agency=agency)
    who = {"roles": sorted(caller.roles), "unit": caller.unit, "scope": caller.scope}
    bulk = Bulk(
        id=uuid7(),
        deed=ordered.deed,
        agency=agency,
        started_by=caller.subject,
        started_at=now,
        ordered={"who": who, "said": dict(ordered.said)},
    )
    session.add(bulk)
    await session.flush()
    session.add_all(
        BulkItem(bulk_id=bulk.id, number=number, code=code, version=version)
        for number, (code, version) in enumerate(dict(ordered.items).items(), 1)
    )
    return bulk
