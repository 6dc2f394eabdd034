"""What is told of names: agencies and fields, as figures are shown under them."""

from typing import ClassVar

from common.inbox import Meta, Slice
from sqlalchemy.ext.asyncio import AsyncSession

from stats.usecases.record_names import record_agency, record_field


class AgencyChanged(Slice):
    """Name, level and kind of an agency."""

    type: ClassVar[str] = "catalog.agency_changed.v1"

    code: str
    name: str
    name_en: str
    level: str
    kind: str
    parent: str | None


class ProcedurePublished(Slice):
    """The name of the field a procedure belongs to."""

    type: ClassVar[str] = "catalog.procedure_published.v1"

    field: str
    field_name: str


async def on_agency(session: AsyncSession, event: AgencyChanged, meta: Meta) -> None:
    """Keep the agency's name and place."""
    await record_agency(session, event.model_dump(), meta.aggregate_version)


async def on_procedure(session: AsyncSession, event: ProcedurePublished, meta: Meta) -> None:
    """Keep the field's name."""
    await record_field(session, event.field, event.field_name, meta.time)
