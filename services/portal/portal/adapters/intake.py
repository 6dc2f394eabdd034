"""Drafts, dossiers and the one-stop desk, as the intake service offers them."""

from collections.abc import Sequence
from dataclasses import dataclass

import httpx
from answers import intake as told

from portal.adapters.http import FilePart, Json, Link, read

ROOT = "/api/intake"


@dataclass(frozen=True)
class Drafts:
    """The drafts of one citizen."""

    link: Link

    async def start(self, body: Json, key: str) -> told.DraftOut:
        """Begin a draft for a procedure, an agency and a case."""
        return read(told.DraftOut, await self.link.send("POST", f"{ROOT}/drafts", body, key=key))

    async def all(self) -> tuple[told.DraftRow, ...]:
        """List the open drafts."""
        return (await self.link.get(told.DraftListOut, f"{ROOT}/drafts")).items

    async def one(self, draft: str) -> told.DraftOut:
        """Read a draft with its form, answers and attachments."""
        return await self.link.get(told.DraftOut, f"{ROOT}/drafts/{draft}")

    async def save_page(self, draft: str, page: str, values: Json) -> told.DraftOut:
        """Save one page of answers; the answer lists what is still wrong on it."""
        return read(
            told.DraftOut,
            await self.link.send("PUT", f"{ROOT}/drafts/{draft}/pages/{page}", {"values": values}),
        )

    async def autosave(self, draft: str, answers: Json, version: int) -> bool:
        """Keep what has been typed so far, and say that it was kept."""
        body = {"answers": answers, "version": version}
        await self.link.send("PATCH", f"{ROOT}/drafts/{draft}", body)
        return True

    async def attach(self, draft: str, component: str, file: FilePart, key: str) -> None:
        """Attach one file to one component."""
        await self.link.upload(f"{ROOT}/drafts/{draft}/attachments", {"component": component}, file, key=key)

    async def detach(self, draft: str, attachment: str) -> None:
        """Remove an attached file."""
        await self.link.send("DELETE", f"{ROOT}/drafts/{draft}/attachments/{attachment}")

    async def name_submitter(self, draft: str, values: Json) -> told.DraftOut:
        """Say who hands in for whom; the answer lists what is still wrong."""
        body = {"values": values}
        return read(told.DraftOut, await self.link.send("PUT", f"{ROOT}/drafts/{draft}/submitter", body))

    async def earlier(self, draft: str) -> tuple[told.EarlierOut, ...]:
        """List the people whom earlier dossiers of the visitor tell of, by the page that asks for one."""
        return (await self.link.get(told.EarlierListOut, f"{ROOT}/drafts/{draft}/earlier-answers")).items

    async def carry(self, draft: str, page: str, code: str) -> None:
        """Fill what is unanswered on a page from an earlier dossier."""
        body = {"page": page, "code": code}
        await self.link.send("POST", f"{ROOT}/drafts/{draft}/earlier-answers", body)

    async def choose_channel(self, draft: str, body: Json) -> None:
        """Choose how the result comes back."""
        await self.link.send("PUT", f"{ROOT}/drafts/{draft}/result-channel", body)

    async def renew(self, draft: str, version: int) -> None:
        """Carry a draft over to the procedure version in force."""
        await self.link.send("POST", f"{ROOT}/drafts/{draft}/renewal", {"version": version})

    async def discard(self, draft: str) -> None:
        """Throw a draft away."""
        await self.link.send("DELETE", f"{ROOT}/drafts/{draft}")


@dataclass(frozen=True)
class Dossiers:
    """Submitted dossiers, for their owner and for officers in scope."""

    link: Link

    async def submit(self, body: Json, key: str) -> told.SubmittedOut:
        """Submit a draft; the same key twice makes one dossier."""
        return read(told.SubmittedOut, await self.link.send("POST", f"{ROOT}/dossiers", body, key=key))

    async def join(self, statement: str) -> int:
        """Take over the dossiers that were written down for whoever has the proven number; give how many."""
        body = {"statement": statement}
        return read(told.JoinedOut, await self.link.send("POST", f"{ROOT}/joinings", body)).joined_count

    async def mine(self, **filters: object) -> told.DossierRowPage:
        """List the visitor's own dossiers."""
        return await self.link.get(told.DossierRowPage, f"{ROOT}/dossiers", **filters)

    async def one(self, code: str) -> told.DossierOut:
        """Read one dossier."""
        return await self.link.get(told.DossierOut, f"{ROOT}/dossiers/{code}")

    async def file(
        self, code: str, kind: str, number: str, *, opened: bool = False, on_screen: bool = False
    ) -> httpx.Response:
        """Fetch a paper (``documents``) or an attached file (``files``); ``opened`` confirms the scan warning."""
        unscanned = "open" if opened and kind == "files" else None
        shown = "screen" if on_screen and kind == "files" else None
        return await self.link.file(
            f"{ROOT}/dossiers/{code}/{kind}/{number}", unscanned=unscanned, shown=shown
        )

    async def paper_copy(self, code: str, kind: str, number: str, *, opened: bool = False) -> httpx.Response:
        """Fetch a paper (``documents``) or an attached file (``files``) as it is printed for who wants it on paper."""
        unscanned = "open" if opened and kind == "files" else None
        return await self.link.file(f"{ROOT}/dossiers/{code}/{kind}/{number}/paper-copy", unscanned=unscanned)

    async def looks(self, **page: object) -> told.LookOutPage:
        """List who opened the visitor's dossiers, newest first."""
        return await self.link.get(told.LookOutPage, f"{ROOT}/looks", **page)

    async def changes(self, since: str) -> tuple[told.ChangedDossierOut, ...]:
        """Tell what others did to the visitor's dossiers since an instant."""
        return (await self.link.get(told.ChangesOut, f"{ROOT}/changes", since=since)).items

    async def requests(self) -> tuple[told.OpenRequestOut, ...]:
        """List the open requests waiting for the visitor."""
        return (await self.link.get(told.OpenRequestListOut, f"{ROOT}/requests")).items

    async def attach(self, code: str, component: str, file: FilePart, key: str) -> None:
        """Attach a file to a dossier that waits for a supplement."""
        await self.link.upload(f"{ROOT}/dossiers/{code}/attachments", {"component": component}, file, key=key)

    async def act(self, code: str, action: str, body: Json, key: str, method: str = "POST") -> None:
        """Carry out an action on a dossier; ``action`` is its sub-resource, as ``acceptance``."""
        await self.link.send(method, f"{ROOT}/dossiers/{code}/{action}", body, key=key)

    async def pass_on(self, code: str, version: int) -> str:
        """Carry a redirected dossier over to the competent agency; answers the draft there."""
        answer = await self.link.send("POST", f"{ROOT}/dossiers/{code}/passing-on", {"version": version})
        return read(told.PassedOnOut, answer).draft_id

    async def outlook(self, code: str) -> told.OutlookOut:
        """Ask what accepting now would promise, or what stands in its way."""
        return await self.link.get(told.OutlookOut, f"{ROOT}/dossiers/{code}/acceptance")

    async def track(self, code: str) -> told.TrackingOut:
        """Look a dossier up by its code, without sign-in."""
        return await self.link.get(told.TrackingOut, f"{ROOT}/tracking/{code}")

    async def answer_lookup(self, code: str, digits: str) -> told.TrackingOut:
        """Look a dossier up with the answer to the second question."""
        body = {"code": code, "digits": digits}
        return read(told.TrackingOut, await self.link.send("POST", f"{ROOT}/lookups", body))

    async def check_paper(self, code: str) -> told.VerificationOut:
        """Check a paper's signature by its verification code."""
        return await self.link.get(told.VerificationOut, f"{ROOT}/verifications/{code}")


@dataclass(frozen=True)
class DeskLists:
    """The one-stop desk's own lists."""

    link: Link

    async def queue(self, **filters: object) -> told.QueuePageOut:
        """List the desk's dossiers, least remaining time first."""
        return await self.link.get(told.QueuePageOut, f"{ROOT}/desk/dossiers", **filters)

    async def counts(self, **narrowed: object) -> told.DeskCountsOut:
        """Count the desk's dossiers by what is to be done."""
        return await self.link.get(told.DeskCountsOut, f"{ROOT}/desk/counts", **narrowed)

    async def choices(self) -> told.ChoicesOut:
        """Name what the lists can be narrowed to."""
        return await self.link.get(told.ChoicesOut, f"{ROOT}/desk/choices")

    async def applicants(self, codes: Sequence[str]) -> tuple[told.ApplicantOut, ...]:
        """Name whose dossiers these are, of those the officer may open."""
        return await self.link.get(tuple[told.ApplicantOut, ...], f"{ROOT}/desk/applicants", code=[*codes])

    async def csv(self, **filters: object) -> httpx.Response:
        """Fetch the same list, whole, as CSV."""
        return await self.link.file(f"{ROOT}/desk/dossiers.csv", **filters)
