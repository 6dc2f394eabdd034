"""Names of agencies and of procedures."""

from typing import ClassVar

from common.inbox import Meta, Slice, Subscriptions
from procedures import DeskContact
from sqlalchemy.ext.asyncio import AsyncSession

from notify.usecases.keep_copies import keep_agency, keep_procedure


class AgencyChanged(Slice):
    """Name and desk of an agency."""

    type: ClassVar[str] = "catalog.agency_changed.v1"

    code: str
    name: str
    name_en: str
    desk: DeskContact | None


class ProcedurePublished(Slice):
    """The name of a published procedure version."""

    type: ClassVar[str] = "catalog.procedure_published.v1"

    code: str
    version: int
    name: str
    name_en: str


SLICES: tuple[type[Slice], ...] = (AgencyChanged, ProcedurePublished)


async def on_agency(session: AsyncSession, event: AgencyChanged, meta: Meta) -> None:
    """Keep name and desk."""
    await keep_agency(session, event.model_dump(), meta.aggregate_version)


async def on_procedure(session: AsyncSession, event: ProcedurePublished, _meta: Meta) -> None:
    """Keep the name of the version."""
    await keep_procedure(session, event.model_dump(exclude={"version"}), event.version)


def listen(listening: Subscriptions) -> None:
    """Register the handlers."""
    listening.on(AgencyChanged, on_agency)
    listening.on(ProcedurePublished, on_procedure)
