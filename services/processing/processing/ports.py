"""What processing asks of the outside: print a document, sign it, keep it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from processing.domain.document import PaperFacts, compose


@dataclass(frozen=True)
class SigningOfficer:
    """Whose key signs, and the name and agency in the certificate."""

    id: str
    name: str
    agency: str


class DocumentSigner(Protocol):
    """Puts a person's digital signature on a PDF (ký số)."""

    async def sign(
        self, pdf: bytes, officer: SigningOfficer, reason: str, location: str, at: datetime
    ) -> bytes:
        """Return the PDF with the officer's PAdES signature."""
        ...


class DocumentPrinter(Protocol):
    """Lays out official documents from templates."""

    def definition(self, template: str) -> Mapping[str, Any]:
        """Return the e-form of the template's lines; an unknown template has the plain result's."""
        ...

    def title(self, template: str) -> tuple[str, str]:
        """Return the printed title of a template in Vietnamese and English."""
        ...

    async def print(self, template: str, data: Mapping[str, Any]) -> bytes:
        """Return the document as PDF."""
        ...


class DocumentStore(Protocol):
    """Keeps documents by their digest, for all services."""

    async def put(self, data: bytes) -> Any:
        """Keep the bytes and return their digest and size as `sha256` and `size`."""
        ...


@dataclass(frozen=True)
class Means:
    """The outside means of issuing documents."""

    printer: DocumentPrinter
    signer: DocumentSigner
    store: DocumentStore
    verification_url: str

    async def produce(
        self, facts: PaperFacts, signer_id: str, now: datetime, *, signed: bool = True
    ) -> dict[str, Any]:
        """Print, sign and keep the document; done twice it leaves a spare copy and nothing else."""
        own, (title, _) = self.printer.definition(facts.document), self.printer.title(facts.document)
        data = {**compose(facts, own, title), "signed": signed, "draft": False}
        pdf = await self.printer.print(facts.document, data)
        if signed:
            officer = SigningOfficer(signer_id, facts.signer_name, data["issuer"])
            pdf = await self.signer.sign(pdf, officer, reason=title, location=data["place"], at=now)
        kept = await self.store.put(pdf)
        name = f"{facts.document}-{facts.code}.pdf"
        return {"sha256": kept.sha256, "size": kept.size, "name": name, "media_type": "application/pdf"}
