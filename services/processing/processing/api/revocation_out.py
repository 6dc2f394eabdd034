"""How a decision about an issued result looks to officers over HTTP."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from common.security import Caller
from eforms import Form
from pydantic import BaseModel

from processing.api.officers import OfficerOut, person
from processing.api.proposal_out import LineOut, lines_out
from processing.domain.deeds import Issued, possible_deeds_on_result
from processing.models import Dossier, Revocation, proposed_revocation, result_in_force


class RevocationOut(BaseModel):
    """A result taken back or replaced; while `decided_at` is empty the proposal to do so, which may be sent back."""

    number: int
    revokes: str
    replaces: bool
    content: dict[str, Any] | None
    lines: list[LineOut]
    ground: str
    legal_basis: str
    proposed_by: OfficerOut | None
    proposed_at: datetime
    decision_number: str | None
    verification_code: str | None
    signer: str | None
    decided_by: OfficerOut | None
    decided_at: datetime | None
    sent_back_by: OfficerOut | None
    sent_back_at: datetime | None
    sent_back_remarks: str | None


def revocation_out(revocation: Revocation, names: Mapping[str, str], form: Form) -> RevocationOut:
    """Describe one decision or proposal; `form` is the e-form of the result."""
    return RevocationOut(
        number=revocation.number,
        revokes=revocation.revokes,
        replaces=revocation.replaces,
        content=revocation.content,
        lines=lines_out(revocation.content or {}, form),
        ground=revocation.ground,
        legal_basis=revocation.legal_basis,
        proposed_by=person(revocation.proposed_by, names),
        proposed_at=revocation.proposed_at,
        decision_number=revocation.decision_number,
        verification_code=revocation.verification_code,
        signer=revocation.signer,
        decided_by=person(revocation.decided_by, names),
        decided_at=revocation.decided_at,
        sent_back_by=person(revocation.sent_back_by, names),
        sent_back_at=revocation.sent_back_at,
        sent_back_remarks=revocation.sent_back_remarks,
    )


def result_actions_for(dossier: Dossier, revocations: Sequence[Revocation], caller: Caller) -> list[str]:
    """Return what the caller may do about the issued result."""
    proposed = proposed_revocation(revocations)
    in_force = result_in_force(dossier, revocations) is not None
    issued = Issued(dossier.whereabouts, in_force, proposed.proposed_by if proposed else None)
    return possible_deeds_on_result(issued, caller)
