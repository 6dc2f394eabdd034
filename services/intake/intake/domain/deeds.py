"""What a caller may do with a dossier now; the use cases check the same again."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from regulation.roles import Right, rights_of, view
from regulation.roles.visibility import Holder
from regulation.states import State

from intake.domain.life_cycle import TRANSITIONS, Action

DEEDS: Final[Mapping[str, tuple[Action, Right]]] = MappingProxyType(
    {
        "checklist": (Action.CHECK, Right.CHECK_DOSSIER),
        "acceptance": (Action.ACCEPT, Right.ACCEPT_DOSSIER),
        "supplement-requests": (Action.REQUEST_SUPPLEMENT, Right.REQUEST_SUPPLEMENT),
        "supplement-approval": (Action.APPROVE_SUPPLEMENT, Right.APPROVE_SUPPLEMENT),
        "redirection": (Action.REDIRECT, Right.REDIRECT_DOSSIER),
        "refusal": (Action.REFUSE, Right.REFUSE_DOSSIER),
        "contact": (Action.CORRECT_CONTACT, Right.CORRECT_CONTACT),
        "handover": (Action.RETURN, Right.HAND_OVER_RESULT),
        "supplement-answer": (Action.RESUBMIT, Right.FOLLOW_DOSSIER),
        "result-channel": (Action.CHOOSE_CHANNEL, Right.FOLLOW_DOSSIER),
    }
)
"""Each sub-resource of a dossier with the step it takes and the right it asks for."""


@dataclass(frozen=True)
class Whereabouts:
    """Where a dossier is, as far as rights ask: its desk, who decided there, and whose it is."""

    state: str
    desk: str
    checked_by: str | None
    applicants: frozenset[str | None]
    needs_leader: bool = False
    """Whether a further supplement request waits for a leader's word."""


def possible_deeds(where: Whereabouts, who: Holder) -> list[str]:
    """Return the sub-resources that would not be refused to the caller, in the order of the work.

    Source: requirements §C, §D.1-D.2; R-INT-03..09, R-RES-13
    """
    possible = [
        name
        for name, (action, right) in DEEDS.items()
        if (State(where.state), action) in TRANSITIONS and _reaches(right, where, who)
    ]
    return [name for name in possible if name != "supplement-approval" or where.needs_leader]


def _reaches(right: Right, where: Whereabouts, who: Holder) -> bool:
    if right is Right.FOLLOW_DOSSIER:
        return who.subject in where.applicants and right in rights_of(who.roles)
    return view(right, who).sees(agency=where.desk, unit=who.unit, holder=where.checked_by)
