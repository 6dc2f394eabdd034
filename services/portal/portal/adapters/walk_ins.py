"""Dossiers that an officer writes down for somebody at the counter, as intake offers it."""

from dataclasses import dataclass

from answers import intake as told

from portal.adapters.http import FilePart, Json, Link, read

ROOT = "/api/intake/counter"


@dataclass(frozen=True)
class WalkIns:
    """The people at the counter and the drafts written for them."""

    link: Link

    async def people(self, words: str) -> told.PeopleOut:
        """Find people by what was typed or scanned."""
        return read(told.PeopleOut, await self.link.send("POST", f"{ROOT}/people", {"words": words}))

    async def start(self, body: Json, key: str) -> told.DraftOut:
        """Begin a draft for somebody."""
        return read(told.DraftOut, await self.link.send("POST", f"{ROOT}/drafts", body, key=key))

    async def all(self) -> tuple[told.DraftRow, ...]:
        """List the drafts the officer has not handed in yet."""
        return (await self.link.get(told.DraftListOut, f"{ROOT}/drafts")).items

    async def one(self, draft: str) -> told.DraftOut:
        """Read a draft with its form, answers and attachments."""
        return await self.link.get(told.DraftOut, f"{ROOT}/drafts/{draft}")

    async def save(self, draft: str, answers: Json, version: int) -> told.DraftOut:
        """Save all answers; the draft lists what is still wrong."""
        body = {"answers": answers, "version": version}
        return read(told.DraftOut, await self.link.send("PATCH", f"{ROOT}/drafts/{draft}", body))

    async def name_submitter(self, draft: str, values: Json) -> None:
        """Say who hands in for whom."""
        await self.link.send("PUT", f"{ROOT}/drafts/{draft}/submitter", {"values": values})

    async def attach(self, draft: str, component: str, file: FilePart, key: str) -> None:
        """Attach one file to one component."""
        await self.link.upload(f"{ROOT}/drafts/{draft}/attachments", {"component": component}, file, key=key)

    async def accept_copy(self, draft: str, component: str, scanned: str, key: str) -> told.AcceptedCopyOut:
        """Let the electronic document behind a paper copy stand for a component."""
        body = {"component": component, "scanned": scanned}
        answer = await self.link.send("POST", f"{ROOT}/drafts/{draft}/paper-copies", body, key=key)
        return read(told.AcceptedCopyOut, answer)

    async def detach(self, draft: str, attachment: str) -> None:
        """Take a file out."""
        await self.link.send("DELETE", f"{ROOT}/drafts/{draft}/attachments/{attachment}")

    async def renew(self, draft: str, version: int) -> None:
        """Carry a draft over to the procedure version in force."""
        await self.link.send("POST", f"{ROOT}/drafts/{draft}/renewal", {"version": version})

    async def discard(self, draft: str) -> None:
        """Throw a draft away."""
        await self.link.send("DELETE", f"{ROOT}/drafts/{draft}")

    async def late(self) -> told.LateEntriesOut:
        """List declared outages, and what was written down late and waits for a second person."""
        return await self.link.get(told.LateEntriesOut, "/api/intake/desk/late-entries")

    async def hand_in(self, body: Json, key: str) -> told.SubmittedOut:
        """Hand a draft in; the same key twice makes one dossier."""
        return read(told.SubmittedOut, await self.link.send("POST", f"{ROOT}/dossiers", body, key=key))
