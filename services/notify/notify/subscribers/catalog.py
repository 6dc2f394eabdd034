"""Names of agencies, and names, papers and fees of procedures."""

from dataclasses import asdict
from typing import Any, ClassVar

from common.inbox import Meta, Slice, Subscriptions
from sqlalchemy.ext.asyncio import AsyncSession

from notify.domain.wording import Fee, Paper
from notify.usecases.keep_copies import keep_agency, keep_procedure


class AgencyChanged(Slice):
    """Name and desk of an agency."""

    type: ClassVar[str] = "catalog.agency_changed.v1"

    code: str
    name: str
    name_en: str
    desk: dict[str, Any] | None


class ComponentSlice(Slice):
    """A paper of the dossier."""

    name: str
    name_en: str
    originals: int
    required: bool


class FeeSlice(Slice):
    """A published fee."""

    case: str | None
    channel: str | None
    status: str
    amount: int | None
    note: str


class ProcedurePublished(Slice):
    """A published procedure version."""

    type: ClassVar[str] = "catalog.procedure_published.v1"

    code: str
    version: int
    name: str
    name_en: str
    components: tuple[ComponentSlice, ...]
    fees: tuple[FeeSlice, ...]


SLICES: tuple[type[Slice], ...] = (AgencyChanged, ProcedurePublished)


async def on_agency(session: AsyncSession, event: AgencyChanged, meta: Meta) -> None:
    """Keep name and desk."""
    await keep_agency(session, event.model_dump(), meta.aggregate_version)


async def on_procedure(session: AsyncSession, event: ProcedurePublished, _meta: Meta) -> None:
    """Keep name, papers and fees of the version."""
    # Papers of special cases only are not asked of everybody: the receipt names what was handed in.
    needed = [one for one in event.components if one.required]
    papers = tuple(Paper(one.name, one.name_en or one.name, one.originals) for one in needed)
    fees = tuple(Fee(one.case, one.channel, one.status, one.amount, one.note) for one in event.fees)
    values = {
        "code": event.code,
        "name": event.name,
        "name_en": event.name_en,
        "papers": [asdict(paper) for paper in papers],
        "fees": [asdict(fee) for fee in fees],
    }
    await keep_procedure(session, values, event.version)


def listen(listening: Subscriptions) -> None:
    """Register the handlers."""
    listening.on(AgencyChanged, on_agency)
    listening.on(ProcedurePublished, on_procedure)
