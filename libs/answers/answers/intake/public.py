"""Intake: its answers about public."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer


class TrackingOut(Answer):
    """What the holder of a code sees; no personal data but a masked name."""

    agency_name: str
    code: str
    due_at: datetime | None
    due_sentence: str
    extended_until: datetime | None
    owner_masked: str
    procedure_name: str
    state: str
    state_label: str
    step: str | None
    tone: str
    updated_at: datetime


class VerificationOut(Answer):
    """Whether a paper is genuine and counts: signature, signer, what it is, since when it counts no more."""

    agency: str
    agency_name: str
    document_kind: str
    document_name: str
    dossier_code: str
    legal_value: str
    problem: str | None
    replaced_by: str | None
    revocation_sentence: str
    revoked_at: datetime | None
    signed_at: datetime | None
    signer: str | None
    valid: bool
