"""The visitor's inbox."""

from dataclasses import dataclass

from portal.adapters.http import Json, Link


@dataclass(frozen=True)
class Inbox:
    """The messages of one visitor."""

    link: Link

    async def messages(self, **filters: object) -> Json:
        """List messages, newest first."""
        answer: Json = await self.link.get("/api/notify/messages", **filters)
        return answer

    async def unread(self) -> int:
        """Count unread messages."""
        answer = await self.link.get("/api/notify/messages/unread-count")
        return int(answer["unread"])

    async def mark_read(self, message: str, key: str) -> None:
        """Mark one message as read."""
        await self.link.send("POST", f"/api/notify/messages/{message}/reading", {}, key=key)
