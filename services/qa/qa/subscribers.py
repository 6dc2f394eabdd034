"""What questions listen to: agencies, names of procedures, who officers are, and accounts that are no more."""

from datetime import date
from typing import ClassVar

from common.inbox import Meta, Slice, Subscriptions
from sqlalchemy.ext.asyncio import AsyncSession

from qa.usecases.erase_askers import forget_account
from qa.usecases.keep_agency import keep_agency
from qa.usecases.keep_copies import keep_officer, keep_procedure


class AgencyChanged(Slice):
    """Name, place and life of an agency."""

    type: ClassVar[str] = "catalog.agency_changed.v1"

    code: str
    name: str
    name_en: str
    parent: str | None
    valid_from: date
    valid_to: date | None


class ProcedurePublished(Slice):
    """The name of a published procedure."""

    type: ClassVar[str] = "catalog.procedure_published.v1"

    code: str
    version: int
    name: str
    name_en: str


class OfficerChanged(Slice):
    """An officer's place and rights."""

    type: ClassVar[str] = "identity.officer_changed.v1"

    officer_id: str
    display_name: str
    agency: str | None
    roles: list[str]
    active: bool


class AccountErased(Slice):
    """An account that says nothing of anybody any more."""

    type: ClassVar[str] = "identity.account_erased.v1"

    account_id: str


SLICES: tuple[type[Slice], ...] = (AgencyChanged, ProcedurePublished, OfficerChanged, AccountErased)
LISTENS: tuple[str, ...] = tuple(one.type for one in SLICES)


async def on_agency(session: AsyncSession, event: AgencyChanged, meta: Meta) -> None:
    """Keep the agency."""
    await keep_agency(session, event.model_dump(), meta.aggregate_version)


async def on_procedure(session: AsyncSession, event: ProcedurePublished, _meta: Meta) -> None:
    """Keep the procedure's name."""
    await keep_procedure(session, event.code, event.name, event.name_en, event.version)


async def on_officer(session: AsyncSession, event: OfficerChanged, meta: Meta) -> None:
    """Keep who the officer is; one of the whole province has no agency."""
    told = event.model_dump(exclude={"officer_id", "agency"})
    await keep_officer(
        session, {**told, "id": event.officer_id, "agency": event.agency or ""}, meta.aggregate_version
    )


async def on_erased(session: AsyncSession, event: AccountErased, meta: Meta) -> None:
    """Forget who asked."""
    await forget_account(session, event.account_id, meta.time)


def subscriptions() -> Subscriptions:
    """Return one handler per event type."""
    listening = Subscriptions("qa")
    listening.on(AgencyChanged, on_agency)
    listening.on(ProcedurePublished, on_procedure)
    listening.on(OfficerChanged, on_officer)
    listening.on(AccountErased, on_erased)
    return listening
