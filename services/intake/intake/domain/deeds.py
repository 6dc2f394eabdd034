"""What a caller may do with a dossier now; the use cases check the same again."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from regulation.roles import Right, rights_of, view
from regulation.roles.visibility import Holder
from regulation.states import State

from intake.domain.life_cycle import Action, leads_on


class Deed(StrEnum):
    """A sub-resource of a dossier that changes it, in the order of the work."""

    CHECKLIST = "checklist"
    ACCEPTANCE = "acceptance"
    SETTLEMENT = "settlement"
    SUPPLEMENT_REQUESTS = "supplement-requests"
    SUPPLEMENT_APPROVAL = "supplement-approval"
    REDIRECTION = "redirection"
    REFUSAL = "refusal"
    CONTACT = "contact"
    COMPARISON = "comparison"
    HANDOVER = "handover"
    SUPPLEMENT_ANSWER = "supplement-answer"
    RESULT_CHANNEL = "result-channel"
    PASSING_ON = "passing-on"
    AMENDMENT = "amendment"
    LATE_CONFIRMATION = "late-confirmation"

    @property
    def right(self) -> Right:
        """The right it asks for."""
        return DEEDS[self][1]


DEEDS: Final[Mapping[Deed, tuple[Action, Right]]] = MappingProxyType(
    {
        Deed.CHECKLIST: (Action.CHECK, Right.CHECK_DOSSIER),
        Deed.ACCEPTANCE: (Action.ACCEPT, Right.ACCEPT_DOSSIER),
        Deed.SETTLEMENT: (Action.ACCEPT, Right.ACCEPT_DOSSIER),
        Deed.SUPPLEMENT_REQUESTS: (Action.REQUEST_SUPPLEMENT, Right.REQUEST_SUPPLEMENT),
        Deed.SUPPLEMENT_APPROVAL: (Action.APPROVE_SUPPLEMENT, Right.APPROVE_SUPPLEMENT),
        Deed.REDIRECTION: (Action.REDIRECT, Right.REDIRECT_DOSSIER),
        Deed.REFUSAL: (Action.REFUSE, Right.REFUSE_DOSSIER),
        Deed.CONTACT: (Action.CORRECT_CONTACT, Right.CORRECT_CONTACT),
        Deed.COMPARISON: (Action.COMPARE, Right.HAND_OVER_RESULT),
        Deed.HANDOVER: (Action.RETURN, Right.HAND_OVER_RESULT),
        Deed.SUPPLEMENT_ANSWER: (Action.RESUBMIT, Right.FOLLOW_DOSSIER),
        Deed.LATE_CONFIRMATION: (Action.CONFIRM_LATE, Right.ACCEPT_DOSSIER),
        Deed.RESULT_CHANNEL: (Action.CHOOSE_CHANNEL, Right.FOLLOW_DOSSIER),
        Deed.AMENDMENT: (Action.AMEND, Right.FOLLOW_DOSSIER),
        Deed.PASSING_ON: (Action.PASS_ON, Right.FOLLOW_DOSSIER),
    }
)
"""Each deed with the step it takes and the right it asks for."""


@dataclass(frozen=True)
class Whereabouts:
    """Where a dossier is, as far as rights ask: its desk, who decided there, and whose it is."""

    state: str
    desk: str
    checked_by: str | None
    applicants: frozenset[str | None]
    needs_leader: bool = False
    """Whether a further supplement request waits for a leader's word."""
    late_waits: bool = False
    """Whether a late entry waits for a second person."""
    amendable: bool = False
    """Whether the applicant may amend unasked what nobody has accepted yet, as the profile says."""
    accepted: bool = False
    compared: bool = False
    """Whether something of it is signed or compared at pick-up."""
    drafted: bool = False
    """Whether the unit drafted a supplement that nobody has sent yet."""


def possible_deeds(where: Whereabouts, who: Holder) -> list[str]:
    """Return the deeds that would not be refused to the caller, in the order of the work.

    Source: requirements §C, §D.1-D.2; R-INT-03..09, R-RES-13
    """
    possible = [
        deed
        for deed, (action, right) in DEEDS.items()
        if _leads_on(where, action) and _reaches(right, where, who)
    ]
    # Who is authorised to settle at once is identity's to state; whoever is told so finds the way beside acceptance.
    waiting = {
        Deed.SETTLEMENT: False,
        Deed.SUPPLEMENT_APPROVAL: where.needs_leader,
        Deed.LATE_CONFIRMATION: where.late_waits,
        Deed.AMENDMENT: where.amendable,
        Deed.COMPARISON: where.compared,
        Deed.SUPPLEMENT_REQUESTS: where.drafted or where.state == State.SUBMITTED,
    }
    return [deed for deed in possible if waiting.get(deed, True)]


def _leads_on(where: Whereabouts, action: Action) -> bool:
    answered = where.accepted and action is Action.RESUBMIT
    action = Action.SUPPLY if answered else action
    return leads_on(State(where.state), action, accepted=where.accepted)


def _reaches(right: Right, where: Whereabouts, who: Holder) -> bool:
    if right is Right.FOLLOW_DOSSIER:
        return who.subject in where.applicants and right in rights_of(who.roles)
    return view(right, who).sees(agency=where.desk, unit=who.unit, holder=where.checked_by)
