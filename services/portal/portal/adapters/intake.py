"""Drafts, dossiers and the one-stop desk, as the intake service offers them."""

from dataclasses import dataclass
from typing import Any

import httpx

from portal.adapters.http import FilePart, Json, Link

ROOT = "/api/intake"


@dataclass(frozen=True)
class Drafts:
    """The drafts of one citizen."""

    link: Link

    async def start(self, body: Json, key: str) -> Json:
        """Begin a draft for a procedure, an agency and a case."""
        answer: Json = await self.link.send("POST", f"{ROOT}/drafts", body, key=key)
        return answer

    async def all(self) -> list[Json]:
        """List the open drafts."""
        answer: Json = await self.link.get(f"{ROOT}/drafts")
        return list(answer["items"])

    async def one(self, draft: str) -> Json:
        """Read a draft with its form, answers and attachments."""
        answer: Json = await self.link.get(f"{ROOT}/drafts/{draft}")
        return answer

    async def save_page(self, draft: str, page: str, values: Json) -> Json:
        """Save one page of answers; the answer lists what is still wrong on it."""
        answer: Json = await self.link.send("PUT", f"{ROOT}/drafts/{draft}/pages/{page}", {"values": values})
        return answer

    async def autosave(self, draft: str, answers: Json, version: int) -> Json:
        """Keep what has been typed so far."""
        body = {"answers": answers, "version": version}
        answer: Json = await self.link.send("PATCH", f"{ROOT}/drafts/{draft}", body)
        return answer

    async def attach(self, draft: str, component: str, file: FilePart, key: str) -> Json:
        """Attach one file to one component."""
        answer: Json = await self.link.upload(
            f"{ROOT}/drafts/{draft}/attachments", {"component": component}, file, key=key
        )
        return answer

    async def detach(self, draft: str, attachment: str) -> None:
        """Remove an attached file."""
        await self.link.send("DELETE", f"{ROOT}/drafts/{draft}/attachments/{attachment}")

    async def choose_channel(self, draft: str, body: Json) -> Json:
        """Choose how the result comes back."""
        answer: Json = await self.link.send("PUT", f"{ROOT}/drafts/{draft}/result-channel", body)
        return answer

    async def renew(self, draft: str, version: int) -> Json:
        """Carry a draft over to the procedure version in force."""
        answer: Json = await self.link.send("POST", f"{ROOT}/drafts/{draft}/renewal", {"version": version})
        return answer

    async def discard(self, draft: str) -> None:
        """Throw a draft away."""
        await self.link.send("DELETE", f"{ROOT}/drafts/{draft}")


@dataclass(frozen=True)
class Dossiers:
    """Submitted dossiers, for their owner and for officers in scope."""

    link: Link

    async def submit(self, body: Json, key: str) -> Json:
        """Submit a draft; the same key twice makes one dossier."""
        answer: Json = await self.link.send("POST", f"{ROOT}/dossiers", body, key=key)
        return answer

    async def mine(self, **filters: object) -> Json:
        """List the visitor's own dossiers."""
        answer: Json = await self.link.get(f"{ROOT}/dossiers", **filters)
        return answer

    async def one(self, code: str) -> Json:
        """Read one dossier."""
        answer: Json = await self.link.get(f"{ROOT}/dossiers/{code}")
        return answer

    async def file(
        self, code: str, kind: str, number: str, *, opened: bool = False, on_screen: bool = False
    ) -> httpx.Response:
        """Fetch a paper (``documents``) or an attached file (``files``); ``opened`` confirms the scan warning."""
        unscanned = "open" if opened and kind == "files" else None
        shown = "screen" if on_screen and kind == "files" else None
        return await self.link.file(
            f"{ROOT}/dossiers/{code}/{kind}/{number}", unscanned=unscanned, shown=shown
        )

    async def requests(self) -> list[Json]:
        """List the open requests waiting for the visitor."""
        answer: Json = await self.link.get(f"{ROOT}/requests")
        return list(answer["items"])

    async def attach(self, code: str, component: str, file: FilePart, key: str) -> Json:
        """Attach a file to a dossier that waits for a supplement."""
        answer: Json = await self.link.upload(
            f"{ROOT}/dossiers/{code}/attachments", {"component": component}, file, key=key
        )
        return answer

    async def act(self, code: str, action: str, body: Json, key: str, method: str = "POST") -> Json:
        """Carry out an action on a dossier; ``action`` is its sub-resource, as ``acceptance``."""
        answer: Json = await self.link.send(method, f"{ROOT}/dossiers/{code}/{action}", body, key=key)
        return answer

    async def outlook(self, code: str) -> Json:
        """Ask what accepting now would promise, or what stands in its way."""
        answer: Json = await self.link.get(f"{ROOT}/dossiers/{code}/acceptance")
        return answer

    async def track(self, code: str) -> Json:
        """Look a dossier up by its code, without sign-in."""
        answer: Json = await self.link.get(f"{ROOT}/tracking/{code}")
        return answer

    async def check_paper(self, code: str) -> Json:
        """Check a paper's signature by its verification code."""
        answer: Json = await self.link.get(f"{ROOT}/verifications/{code}")
        return answer


@dataclass(frozen=True)
class Desk:
    """The one-stop desk's own lists."""

    link: Link

    async def queue(self, **filters: object) -> Json:
        """List the desk's dossiers, least remaining time first."""
        answer: Json = await self.link.get(f"{ROOT}/desk/dossiers", **filters)
        return answer

    async def counts(self) -> dict[str, Any]:
        """Count the desk's dossiers by what is to be done."""
        answer: dict[str, Any] = await self.link.get(f"{ROOT}/desk/counts")
        return answer
