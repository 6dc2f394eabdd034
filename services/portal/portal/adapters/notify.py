"""The visitor's inbox."""

from dataclasses import dataclass

from answers.notify import MessageOutPage, UnreadOut

from portal.adapters.http import Link


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
