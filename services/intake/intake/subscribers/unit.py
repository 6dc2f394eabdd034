"""What the specialist unit tells of a dossier, and the slice of each event that intake reads."""

from datetime import datetime
from typing import ClassVar

from common.inbox import Meta, Slice
from pydantic import BaseModel

from intake.domain.news import FinishedPaper, SignedPaper, UnitNews
from intake.domain.supplement import SupplementDraft


class UnitSlice(Slice):
    """Where the specialist unit stands with a dossier."""

    code: str
    state: str
    step_no: int
    step_count: int
    step_name: str
    step_name_en: str
    unit: str
    officer_id: str | None
    occurred_at: datetime

    def news(self, meta: Meta) -> UnitNews:
        """Return the slice as the use cases take it."""
        told = self.model_dump(include=set(UnitSlice.model_fields) - {"occurred_at"})
        return UnitNews(version=meta.aggregate_version, at=self.occurred_at, agency=meta.agency, **told)


class DossierOpened(UnitSlice):
    """The unit has the dossier."""

    type: ClassVar[str] = "processing.dossier_opened.v1"


class DossierAssigned(UnitSlice):
    """An officer of the unit has it."""

    type: ClassVar[str] = "processing.dossier_assigned.v1"


class StepCompleted(UnitSlice):
    """The next step began."""

    type: ClassVar[str] = "processing.step_completed.v1"


class DossierSentBack(UnitSlice):
    """A leader sent it back to the specialist."""

    type: ClassVar[str] = "processing.dossier_sent_back.v1"


class PaperSlice(Slice):
    """A paper another service stored."""

    sha256: str
    size: int
    name: str
    media_type: str


class Finished(UnitSlice):
    """The end of the unit's work with its paper."""

    document: PaperSlice
    verification_code: str
    signer: str | None

    @property
    def paper(self) -> FinishedPaper:
        """Return the paper as the use case takes it."""
        return FinishedPaper(
            **self.document.model_dump(), verification_code=self.verification_code, signer=self.signer
        )


class DossierExtended(Slice):
    """The applicant is promised a new date, with an apology; the old one stays."""

    type: ClassVar[str] = "processing.dossier_extended.v1"

    code: str
    until: datetime
    reason: str
    extended_at: datetime
    document: PaperSlice
    signer: str

    @property
    def paper(self) -> SignedPaper:
        """Return the letter as the use case takes it."""
        return SignedPaper(**self.document.model_dump(), signer=self.signer)


class AskedAgain(BaseModel):
    """A component that is wanting, and what to do about it."""

    component: str
    note: str


class AskedBeside(BaseModel):
    """Something outside the published list, with the article that allows asking for it."""

    text: str
    legal_basis: str


class SupplementDrafted(Slice):
    """The unit finds something missing; the desk is to ask for it."""

    type: ClassVar[str] = "processing.supplement_drafted.v1"

    code: str
    number: int
    drafted_at: datetime
    reason: str
    guidance: str
    items: list[AskedAgain]
    free_items: list[AskedBeside]

    def draft(self, meta: Meta) -> SupplementDraft:
        """Return the slice as the use case takes it."""
        told = self.model_dump(exclude={"drafted_at"})
        return SupplementDraft(**told, at=self.drafted_at, agency=meta.agency)


class DossierRejected(Finished):
    """The dossier is rejected."""

    type: ClassVar[str] = "processing.dossier_rejected.v1"


class ResultReady(Finished):
    """The result is there."""

    type: ClassVar[str] = "processing.result_ready.v1"


class Corrected(Finished):
    """An issued result no longer counts; the paper says why, or takes its place."""

    revokes: str
    decision_number: str


class ResultRevoked(Corrected):
    """The result is taken back."""

    type: ClassVar[str] = "processing.result_revoked.v1"


class ResultReplaced(Corrected):
    """Another result took its place."""

    type: ClassVar[str] = "processing.result_replaced.v1"
