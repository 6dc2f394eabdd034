"""Names of agencies, and names, papers and fees of procedures."""

from typing import Any

from common.inbox import Meta, Subscriptions
from sqlalchemy.ext.asyncio import AsyncSession

from notify.domain.wording import Fee, Paper
from notify.subscribers.slices import Slice
from notify.usecases.keep_names import ProcedureCopy, keep_agency, keep_procedure

AGENCY_CHANGED = "catalog.agency_changed.v1"
PROCEDURE_PUBLISHED = "catalog.procedure_published.v1"
TYPES = (AGENCY_CHANGED, PROCEDURE_PUBLISHED)


class AgencyChanged(Slice):
    """Name and desk of an agency."""

    code: str
    name: str
    name_en: str | None = None
    desk: dict[str, Any] | None = None


class ComponentSlice(Slice):
    """A paper of the dossier."""

    name: str
    name_en: str | None = None
    originals: int | None = 0
    required: bool = True


class FeeSlice(Slice):
    """A published fee."""

    case: str | None = None
    channel: str | None = None
    status: str
    amount: int | None = None
    note: str | None = None


class ProcedurePublished(Slice):
    """A published procedure version."""

    code: str
    version: int
    name: str
    name_en: str | None = None
    components: tuple[ComponentSlice, ...] = ()
    fees: tuple[FeeSlice, ...] = ()


async def on_agency(session: AsyncSession, event: AgencyChanged, meta: Meta) -> None:
    """Keep name and desk."""
    await keep_agency(
        session, event.code, meta.aggregate_version, name=event.name, name_en=event.name_en, desk=event.desk
    )


async def on_procedure(session: AsyncSession, event: ProcedurePublished, _meta: Meta) -> None:
    """Keep name, papers and fees of the version."""
    # Papers of special cases only are not asked of everybody: the receipt names what was handed in.
    needed = [one for one in event.components if one.required]
    papers = tuple(Paper(one.name, one.name_en or one.name, one.originals or 0) for one in needed)
    fees = tuple(Fee(one.case, one.channel, one.status, one.amount, one.note or "") for one in event.fees)
    copy = ProcedureCopy(event.code, event.version, event.name, event.name_en, papers, fees)
    await keep_procedure(session, copy)


def listen(listening: Subscriptions) -> None:
    """Register the handlers."""
    listening.on(AGENCY_CHANGED, AgencyChanged, on_agency)
    listening.on(PROCEDURE_PUBLISHED, ProcedurePublished, on_procedure)
