"""What intake asks of the outside: print and sign papers; and everything it works with."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from common.files import FileMissingError, FileStore
from common.inbox import NotYetError
from files.receiving import FileInspector, Reception, Taken
from files.refusals import Limits
from files.scanning import Scanner
from files.turns import Turns
from regulation.calendar import WorkingCalendar

from intake.domain.rules import DeskRules


@dataclass(frozen=True)
class SealedPaper:
    """A printed paper, signed when `signer` is named."""

    pdf: bytes
    signer: str | None = None


class Printer(Protocol):
    """Lays out official papers and seals them with the agency's certificate."""

    def can_sign(self, agency: str) -> bool:
        """Tell whether a certificate for the agency is at hand."""
        ...

    async def print(
        self, kind: str, content: Mapping[str, Any], agency: str, sign: bool, at: datetime
    ) -> SealedPaper:
        """Return the paper as PDF, signed for the agency when asked."""
        ...


@dataclass(frozen=True)
class Signature:
    """What a PDF's signature proves."""

    valid: bool
    signer: str | None
    signed_at: datetime | None
    problem: str | None

    def proof(self, signer: str | None) -> dict[str, Any]:
        """Return what a paper's row keeps of it; `signer` is the name the paper came with."""
        return {"valid": self.valid, "signer": self.signer or signer, "problem": self.problem}


class SignatureChecker(Protocol):
    """Validates digital signatures against the trusted authorities."""

    async def check(self, pdf: bytes) -> Signature:
        """Return whether the PDF is signed, whole and trusted."""
        ...


@dataclass(frozen=True)
class Upload:
    """A file as it arrived, and where it is to go."""

    component: str
    name: str
    data: bytes
    source: str | None = None
    draft_id: uuid.UUID | None = None
    dossier_code: str | None = None


@dataclass(frozen=True)
class Examined:
    """A file that passed and is stored, and the source it counts as."""

    upload: Upload
    taken: Taken
    source: str


@dataclass(frozen=True)
class Means:
    """Everything a desk works with beside its records: the rules, the calendar, the tools, the file room."""

    rules: DeskRules
    calendar: WorkingCalendar
    inspector: FileInspector
    scanner: Scanner
    printer: Printer
    signatures: SignatureChecker
    files: FileStore
    tracking_url: str
    verification_url: str
    limits: Limits = field(default_factory=Limits)
    scanning_required: bool = False
    most_drafts: int = 100
    turns: Turns = field(default_factory=Turns)

    @property
    def reception(self) -> Reception:
        """The way files come in and go out."""
        return Reception(
            self.inspector, self.scanner, self.files, self.limits, self.scanning_required, self.turns
        )

    async def check_finished(self, sha256: str) -> Signature:
        """Return what the signature of a paper proves that another service stored.

        Raises:
            NotYetError: its file has not arrived.
        """
        try:
            return await self.signatures.check(await self.files.get(sha256))
        except FileMissingError:
            raise NotYetError("file", sha256) from None
