"""Feedback on how dossiers are handled, and ratings of it."""

from dataclasses import dataclass

from answers import qa as told

from portal.adapters.http import Json, Link, read

ROOT = "/api/qa"


@dataclass(frozen=True)
class Feedback:
    """The service of feedback as one visitor sees it."""

    link: Link

    async def terms(self) -> told.FeedbackTermsOut:
        """Read how the province takes feedback."""
        return await self.link.get(told.FeedbackTermsOut, f"{ROOT}/feedback-terms")

    async def send(self, body: Json, key: str, *, entered: bool = False) -> told.ReceiptOut:
        """Give feedback, or enter what came by another channel."""
        path = f"{ROOT}/feedback/entries" if entered else f"{ROOT}/feedback"
        return read(told.ReceiptOut, await self.link.send("POST", path, body, key=key))

    async def followed(self, key: str) -> told.SentOut:
        """Read feedback by the key of its link."""
        return read(told.SentOut, await self.link.send("POST", f"{ROOT}/follow-ups/feedback", {"key": key}))

    async def own(self, number: str) -> told.SentOut:
        """Read the visitor's own feedback."""
        return await self.link.get(told.SentOut, f"{ROOT}/own-feedback/{number}")

    async def mine(self, **page: object) -> told.FeedbackPageOut:
        """List the visitor's own feedback."""
        return await self.link.get(told.FeedbackPageOut, f"{ROOT}/own-feedback", **page)

    async def results(self, **page: object) -> told.ResultPageOut:
        """List what was published of it."""
        return await self.link.get(told.ResultPageOut, f"{ROOT}/results", **page)

    async def listed(self, **filters: object) -> told.FeedbackPageOut:
        """List the feedback in the officer's reach."""
        return await self.link.get(told.FeedbackPageOut, f"{ROOT}/feedback", **filters)

    async def one(self, number: str) -> told.FeedbackOut:
        """Read it as an officer."""
        return await self.link.get(told.FeedbackOut, f"{ROOT}/feedback/{number}")

    async def act(self, number: str, action: str, body: Json, key: str, method: str = "POST") -> None:
        """Carry an action out."""
        await self.link.send(method, f"{ROOT}/feedback/{number}/{action}", body, key=key)

    async def keep_reply(self, number: str, body: Json) -> told.FeedbackOut:
        """Keep a reply while it is typed; give the feedback after it."""
        return read(told.FeedbackOut, await self.link.send("PUT", f"{ROOT}/feedback/{number}/draft", body))

    async def figures(self, **wanted: object) -> told.FiguresOut:
        """Read how dossiers were rated in a quarter."""
        return await self.link.get(told.FiguresOut, f"{ROOT}/ratings", **wanted)

    async def tasks(self, *, closed: bool, cursor: str) -> told.TaskOutPage:
        """List the low ratings to follow up, or those that were."""
        wanted = {"closed": "true"} if closed else {}
        return await self.link.get(told.TaskOutPage, f"{ROOT}/rating-tasks", cursor=cursor, **wanted)

    async def task(self, task: str) -> told.TaskOut:
        """Read one low rating to follow up."""
        return await self.link.get(told.TaskOut, f"{ROOT}/rating-tasks/{task}")

    async def close_task(self, task: str, body: Json, key: str) -> None:
        """Say what was done about a low rating."""
        await self.link.send("POST", f"{ROOT}/rating-tasks/{task}/closing", body, key=key)

    async def ratings(self, code: str) -> told.RatedOut:
        """Read what may be rated of a dossier."""
        return await self.link.get(told.RatedOut, f"{ROOT}/own-ratings/{code}")

    async def rate(self, code: str, phase: str, body: Json) -> None:
        """Rate a phase of a dossier."""
        await self.link.send("PUT", f"{ROOT}/own-ratings/{code}/{phase}", body)
