"""To which agency an officer belongs, so that no other agency has him told; whose inbox goes, and whose is kept."""

from typing import ClassVar

from common.inbox import Meta, Slice, Subscriptions
from regulation.text import LANGUAGES, short_instant
from sqlalchemy.ext.asyncio import AsyncSession

from notify.domain.kinds import Kind
from notify.domain.notice import Notice
from notify.queries.overdue import administrators, officer_name
from notify.usecases.forget_notices import forget_inbox
from notify.usecases.keep_copies import keep_hold, keep_officer
from notify.usecases.tell import Writer, tell


class OfficerChanged(Slice):
    """An officer's account."""

    type: ClassVar[str] = "identity.officer_changed.v1"

    officer_id: str
    agency: str | None
    display_name: str
    roles: list[str]
    active: bool


class AccountErased(Slice):
    """An account that says nothing of anybody any more."""

    type: ClassVar[str] = "identity.account_erased.v1"

    account_id: str


class HoldChanged(Slice):
    """A decision keeps a person or a dossier from being erased, or no longer."""

    type: ClassVar[str] = "identity.hold_changed.v1"

    hold_id: str
    kind: str
    subject: str
    keeps: bool


class SignInSuperseded(Slice):
    """An officer signed in while the account was in use elsewhere."""

    type: ClassVar[str] = "identity.sign_in_superseded.v1"

    officer_id: str
    agency: str | None


class ControlLost(Slice):
    """Somebody lost control of an account."""

    type: ClassVar[str] = "identity.control_lost.v1"

    account_id: str
    agency: str | None


SLICES: tuple[type[Slice], ...] = (
    OfficerChanged,
    AccountErased,
    HoldChanged,
    SignInSuperseded,
    ControlLost,
)


async def on_officer(session: AsyncSession, event: OfficerChanged, meta: Meta) -> None:
    """Keep who the officer is and to which agency he belongs."""
    told = event.model_dump(include={"agency", "roles", "active"})
    told |= {"id": event.officer_id, "name": event.display_name}
    await keep_officer(session, told, meta.aggregate_version)


async def on_erased(session: AsyncSession, event: AccountErased, meta: Meta) -> None:
    """Erase the inbox of the account."""
    await forget_inbox(session, event.account_id)


async def on_hold(session: AsyncSession, event: HoldChanged, meta: Meta) -> None:
    """Keep what a decision keeps."""
    told = event.model_dump(exclude={"hold_id"}) | {"id": event.hold_id}
    await keep_hold(session, told, meta.aggregate_version)


def listen(listening: Subscriptions, writer: Writer) -> None:
    """Register the handlers."""

    async def on_superseded(session: AsyncSession, event: SignInSuperseded, meta: Meta) -> None:
        """Tell the officer, and who administers the agency. Source: NB Đ.24.3; QT Đ.13.3; R-ACC-16"""
        name = await officer_name(session, event.officer_id)
        people = tuple(dict.fromkeys((event.officer_id, *await administrators(session, event.agency))))
        values = {lang: {"officer": name, "at": short_instant(meta.time, lang)} for lang in LANGUAGES}
        notice = Notice(Kind.OFFICER_ELSEWHERE, meta.id, meta.time, people, None, values)
        await tell(session, [notice], writer)

    async def on_lost(session: AsyncSession, event: ControlLost, meta: Meta) -> None:
        """Tell who administers the officer's agency; a citizen has none. Source: NB Đ.24.3; TN Đ.22.2.d; R-ACC-15"""
        if people := await administrators(session, event.agency):
            name = await officer_name(session, event.account_id)
            told = {"number": event.account_id, "officer": name}
            values = {lang: {**told, "at": short_instant(meta.time, lang)} for lang in LANGUAGES}
            await tell(
                session, [Notice(Kind.OFFICER_ACCOUNT_LOST, meta.id, meta.time, people, None, values)], writer
            )

    listening.on(SignInSuperseded, on_superseded)
    listening.on(ControlLost, on_lost)
    listening.on(OfficerChanged, on_officer)
    listening.on(AccountErased, on_erased)
    listening.on(HoldChanged, on_hold)
