"""Intake: its answers about counter."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer
from answers.intake.shared import AttachmentOut


class AcceptedCopyOut(Answer):
    """The electronic document behind a paper: what it is, who signed it when; it is as it was signed."""

    agency_name: str
    attachment: AttachmentOut
    document_name: str
    dossier_code: str
    signed_at: datetime | None
    signer: str | None
    verification_code: str
