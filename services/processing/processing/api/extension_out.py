"""How a new date looks to officers over HTTP."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel

from processing.api.officers import OfficerOut, person
from processing.models import Extension


class ExtensionOut(BaseModel):
    """A new date; while `decided_at` is empty the proposal, which may be sent back."""

    number: int
    previous_due_at: datetime
    until: datetime
    reason: str
    proposed_by: OfficerOut | None
    proposed_at: datetime
    letter_number: str | None
    signer: str | None
    decided_at: datetime | None
    sent_back_by: OfficerOut | None
    sent_back_at: datetime | None
    sent_back_remarks: str | None


def extension_out(made: Extension, names: Mapping[str, str]) -> ExtensionOut:
    """Describe one new date or proposal."""
    return ExtensionOut(
        number=made.number,
        previous_due_at=made.previous_due_at,
        until=made.until,
        reason=made.reason,
        proposed_by=person(made.proposed_by, names),
        proposed_at=made.proposed_at,
        letter_number=made.letter_number,
        signer=made.signer,
        decided_at=made.decided_at,
        sent_back_by=person(made.sent_back_by, names),
        sent_back_at=made.sent_back_at,
        sent_back_remarks=made.sent_back_remarks,
    )
