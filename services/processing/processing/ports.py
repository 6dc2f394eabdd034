"""What processing asks of the outside: print a document, sign it, keep it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


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
