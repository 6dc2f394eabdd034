"""The visitor's inbox; and for officers, how people were reached and which agencies are behind."""

from dataclasses import dataclass

from answers.notify import (
    ArrivalsOut,
    MessageOutPage,
    OverdueAgenciesOut,
    OverdueAgencyOut,
    ReachedOut,
    ReminderOut,
    UnreadOut,
)

from portal.adapters.http import Json, Link, read


@dataclass(frozen=True)
class Inbox:
    """The messages of one visitor."""

    link: Link

    async def messages(self, **filters: object) -> MessageOutPage:
        """List messages, newest first."""
        return await self.link.get(MessageOutPage, "/api/notify/messages", **filters)

    async def unread(self) -> int:
        """Count unread messages."""
        return (await self.link.get(UnreadOut, "/api/notify/messages/unread-count")).unread

    async def mark_read(self, message: str, key: str) -> None:
        """Mark one message as read."""
        await self.link.send("POST", f"/api/notify/messages/{message}/reading", {}, key=key)


@dataclass(frozen=True)
class Reached:
    """What was told to the people of dossiers, telephone calls with them, and reminders to agencies."""

    link: Link

    async def of(self, code: str) -> ReachedOut:
        """Say how the people of a dossier were reached."""
        return await self.link.get(ReachedOut, f"/api/notify/dossiers/{code}/notices")

    async def call(self, code: str, body: Json, key: str) -> None:
        """Write a telephone call down."""
        await self.link.send("POST", f"/api/notify/dossiers/{code}/calls", body, key=key)

    async def overdue(self) -> tuple[OverdueAgencyOut, ...]:
        """List the agencies with overdue dossiers."""
        return (await self.link.get(OverdueAgenciesOut, "/api/notify/overdue-agencies")).items

    async def remind(self, agency: str, key: str) -> ReminderOut:
        """Remind the heads of an agency."""
        place = f"/api/notify/overdue-agencies/{agency}/reminders"
        return read(ReminderOut, await self.link.send("POST", place, {}, key=key))

    async def arrivals(self) -> ArrivalsOut:
        """Say how the officer hears of what arrives at the desk."""
        return await self.link.get(ArrivalsOut, "/api/notify/own-arrivals")

    async def choose_arrivals(self, body: Json, key: str) -> None:
        """Choose how to hear of it."""
        await self.link.send("PUT", "/api/notify/own-arrivals", body, key=key)
