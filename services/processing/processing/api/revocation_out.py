"""How a decision about an issued result looks to officers over HTTP."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from common.security import Caller
from pydantic import BaseModel, ConfigDict

from processing.domain.revocation import Issued, result_actions
from processing.models import Dossier, Revocation, proposed_revocation, result_in_force


class RevocationOut(BaseModel):
    """A result taken back or replaced, or the proposal to do so while `decided_at` is empty."""

    model_config = ConfigDict(from_attributes=True)

    number: int
    revokes: str
    replaces: bool
    content: dict[str, Any] | None
    ground: str
    legal_basis: str
    proposed_by: str
    proposed_at: datetime
    decision_number: str | None
    verification_code: str | None
    signer: str | None
    decided_by: str | None
    decided_at: datetime | None


def revocation_out(revocation: Revocation) -> RevocationOut:
    """Describe one decision or proposal."""
    return RevocationOut.model_validate(revocation)


def result_actions_for(dossier: Dossier, revocations: Sequence[Revocation], caller: Caller) -> list[str]:
    """Return what the caller may do about the issued result."""
    proposed = proposed_revocation(revocations)
    in_force = result_in_force(dossier, revocations) is not None
    issued = Issued(in_force=in_force, proposed_by=proposed.proposed_by if proposed else None)
    return result_actions(issued, caller.subject, caller.roles)
