"""Who is away and who stands in, so that the substitute hears of the dossiers too."""

from datetime import date
from typing import ClassVar

from common.inbox import Meta, Slice, Subscriptions
from sqlalchemy.ext.asyncio import AsyncSession

from notify import queries
from notify.domain.notice import expect_own_officers
from notify.usecases.keep_copies import keep_absence


class AbsenceChanged(Slice):
    """An absence as it stands."""

    type: ClassVar[str] = "processing.absence_changed.v1"

    absence_id: str
    officer_id: str
    substitute_id: str | None
    from_on: date
    to_on: date
    ended: bool


SLICES: tuple[type[Slice], ...] = (AbsenceChanged,)


async def on_absence(session: AsyncSession, event: AbsenceChanged, meta: Meta) -> None:
    """Keep the absence; an agency speaks of its own officers alone. Source: BD Đ.14.5; R-INT-21"""
    named = [one for one in (event.officer_id, event.substitute_id) if one]
    expect_own_officers(named, await queries.homes(session, named), meta.agency)
    told = event.model_dump(exclude={"absence_id"}) | {"id": event.absence_id}
    await keep_absence(session, told, meta.aggregate_version)


def listen(listening: Subscriptions) -> None:
    """Register the handler."""
    listening.on(AbsenceChanged, on_absence)
