"""How a dossier stands, as it leaves intake: its flags, and where it is as far as rights ask."""

from datetime import datetime

from regulation.states import State

from intake.api.dossier_shapes import FlagsOut
from intake.domain.deeds import Whereabouts
from intake.domain.life_cycle import SETTLED
from intake.domain.rules import DeskRules
from intake.models import Dossier


def flags_of(dossier: Dossier, rules: DeskRules, now: datetime, *, drafted: bool) -> FlagsOut:
    """Return the flags; what waits for its applicant is as late as it was at `now`, when the wait began."""
    running = dossier.state not in SETTLED
    approval = dossier.supplement_approval or {}
    approved = approval.get("for") == dossier.supplement_count + 1
    asks = dossier.state == State.SUBMITTED or drafted
    wanting = asks and dossier.supplement_count > 0 and not approved
    return FlagsOut(
        verified_identity=dossier.verified_identity,
        digitised=dossier.digitised,
        reused=dossier.reused,
        from_vault=dossier.from_vault,
        paid_online=dossier.paid_online,
        check_overdue=dossier.check_overdue,
        overdue=bool(running and dossier.due_at and dossier.due_at < now),
        checking=dossier.state == State.SUBMITTED,
        paused=dossier.state == State.SUPPLEMENT_REQUESTED,
        running=running,
        supplement_approved=approved,
        supplement_needs_leader=wanting and rules.single_supplement,
    )


def whereabouts(
    dossier: Dossier, flags: FlagsOut, rules: DeskRules, *, drafted: bool, compared: bool
) -> Whereabouts:
    """Return where it is; `compared` tells that something of it is signed or compared at pick-up."""
    applicants = frozenset((dossier.owner_id, dossier.submitter_id))
    return Whereabouts(
        dossier.state,
        dossier.receiving_point,
        dossier.checked_by,
        applicants,
        needs_leader=flags.supplement_needs_leader,
        late_waits=dossier.late_waits,
        accepted=dossier.accepted_at is not None,
        drafted=drafted,
        amendable=rules.amend_unasked,
        compared=compared,
    )
