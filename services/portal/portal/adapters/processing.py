"""The specialist unit's and the leader's dossiers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import httpx
from answers.processing import (
    AbsenceOut,
    AskedOut,
    BulkOut,
    BulkRowOut,
    ChosenOut,
    ChosenPageOut,
    ColleagueOut,
    ConsultedPlaceOut,
    DossierOut,
    OfficerOut,
    OpenDossierOut,
    TransferredOut,
    WorkChoicesOut,
    WorkCountsOut,
    WorkPageOut,
)
from regulation.codes import way_of

from portal.adapters.http import Json, Link, read


@dataclass(frozen=True)
class Processing:
    """The processing service of one agency as one officer sees it."""

    link: Link
    agency: str

    @classmethod
    def nearest(cls, usual: Link, account: Json, base_url: Callable[..., str]) -> "Processing":
        """Speak for an officer to his agency's own instance where it has one, else to the usual one."""
        agency = str(account.get("agency") or "")
        known = cls(usual, agency)
        return cls(replace(usual, base=base_url("processing", known.root)), agency)

    @property
    def root(self) -> str:
        """Give the path of the agency's dossiers."""
        return way_of("processing", self.agency)

    async def dossiers(self, **filters: object) -> WorkPageOut:
        """List the dossiers in scope, least remaining time first."""
        return await self.link.get(WorkPageOut, f"{self.root}/dossiers", **filters)

    async def counts(self, **narrowed: object) -> WorkCountsOut:
        """Count the dossiers in scope by filter."""
        return await self.link.get(WorkCountsOut, f"{self.root}/dossiers/counts", **narrowed)

    async def csv(self, **filters: object) -> httpx.Response:
        """Fetch the same list, whole, as CSV."""
        return await self.link.file(f"{self.root}/dossiers.csv", **filters)

    async def choices(self) -> WorkChoicesOut:
        """Name what the lists can be narrowed to."""
        return await self.link.get(WorkChoicesOut, f"{self.root}/dossiers/choices")

    async def one(self, code: str) -> DossierOut:
        """Read one dossier."""
        return await self.link.get(DossierOut, f"{self.root}/dossiers/{code}")

    async def act(self, code: str, action: str, body: Json, key: str) -> None:
        """Carry out an action on a dossier; ``action`` is its sub-resource, as ``signature``."""
        await self.link.send("POST", f"{self.root}/dossiers/{code}/{action}", body, key=key)

    async def draft_document(self, code: str, *, apology: bool = False) -> httpx.Response:
        """Fetch exactly what would be signed; the letter with a new date where that is asked for."""
        asked = {"apology": True} if apology else {}
        return await self.link.file(f"{self.root}/dossiers/{code}/draft-document", **asked)

    async def control_slip(self, code: str) -> httpx.Response:
        """Fetch the slip with every hand-over."""
        return await self.link.file(f"{self.root}/dossiers/{code}/control-slip")

    async def officers(self) -> tuple[OfficerOut, ...]:
        """List the officers a dossier can be given to."""
        return await self.link.get(tuple[OfficerOut, ...], f"{self.root}/officers")

    async def open_work(self, officer: str) -> tuple[OpenDossierOut, ...]:
        """List the open dossiers in an officer's hands, the soonest due first."""
        return await self.link.get(
            tuple[OpenDossierOut, ...], f"{self.root}/officers/{officer}/open-dossiers"
        )

    async def colleagues(self) -> tuple[ColleagueOut, ...]:
        """List who works on dossiers in the agency, and who of them is away."""
        return await self.link.get(tuple[ColleagueOut, ...], f"{self.root}/colleagues")

    async def absences(self) -> tuple[AbsenceOut, ...]:
        """List who is away from today on."""
        return await self.link.get(tuple[AbsenceOut, ...], f"{self.root}/absences")

    async def record_absence(self, body: Json, key: str) -> None:
        """Record an absence."""
        await self.link.send("POST", f"{self.root}/absences", body, key=key)

    async def end_absence(self, number: str, key: str) -> None:
        """End an absence before its last day."""
        await self.link.send("POST", f"{self.root}/absences/{number}/end", {}, key=key)

    async def transfer_all(self, body: Json, key: str) -> TransferredOut:
        """Hand all open dossiers of an officer over to another one."""
        sent = await self.link.send("POST", f"{self.root}/transfers", body, key=key)
        return read(TransferredOut, sent)

    async def chosen(self, deed: str, codes: Sequence[str]) -> tuple[ChosenOut, ...]:
        """Read chosen dossiers before an order: versions, whether the deed is possible, what would be signed."""
        path = f"{self.root}/bulks/preview"
        return (await self.link.get(ChosenPageOut, path, deed=deed, code=list(codes))).items

    async def start_bulk(self, deed: str, body: Json, key: str) -> BulkOut:
        """Order one deed for many dossiers."""
        return read(BulkOut, await self.link.send("POST", f"{self.root}/bulks/{deed}", body, key=key))

    async def bulks(self) -> tuple[BulkRowOut, ...]:
        """List the officer's last orders."""
        return await self.link.get(tuple[BulkRowOut, ...], f"{self.root}/bulks")

    async def bulk(self, number: str) -> BulkOut:
        """Read what became of each dossier of an order."""
        return await self.link.get(BulkOut, f"{self.root}/bulks/{number}")

    async def consulted_places(self) -> tuple[ConsultedPlaceOut, ...]:
        """List where an opinion can be asked for."""
        return await self.link.get(tuple[ConsultedPlaceOut, ...], f"{self.root}/consulted-places")

    async def consultations(self, *, answered: bool) -> tuple[AskedOut, ...]:
        """List the opinions that the officer's unit and agency are asked for, or that they gave."""
        return await self.link.get(tuple[AskedOut, ...], f"{self.root}/consultations", answered=answered)

    async def consultation(self, number: str) -> AskedOut:
        """Read one request for an opinion."""
        return await self.link.get(AskedOut, f"{self.root}/consultations/{number}")

    async def answer_consultation(self, number: str, answer: str, key: str) -> None:
        """Give the opinion."""
        body: Json = {"answer": answer}
        await self.link.send("POST", f"{self.root}/consultations/{number}/answer", body, key=key)
