"""Which state a dossier may be in, and which action leads from one state to the next."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from regulation.states import DECIDED, WITH_THE_UNIT, State

from intake.domain.errors import ActionNotAllowedError


class Action(StrEnum):
    """Hành động: what somebody does with a dossier."""

    SUBMIT = "submit"
    CHECK = "check"
    CORRECT_CONTACT = "correct_contact"
    CHOOSE_CHANNEL = "choose_channel"
    APPROVE_SUPPLEMENT = "approve_supplement"
    REQUEST_SUPPLEMENT = "request_supplement"
    REMIND = "remind"
    RESUBMIT = "resubmit"
    AMEND = "amend"
    DRAFT_SUPPLEMENT = "draft_supplement"
    SUPPLY = "supply"
    REDIRECT = "redirect"
    REFUSE = "refuse"
    ACCEPT = "accept"
    FORWARD = "forward"
    START = "start"
    AWAIT_SIGNATURE = "await_signature"
    EXTEND = "extend"
    REJECT = "reject"
    COMPLETE = "complete"
    COMPARE = "compare"
    RETURN = "return"
    SETTLE = "settle"
    REVOKE = "revoke"
    REPLACE = "replace"
    JOIN = "join"
    PASS_ON = "pass_on"  # noqa: S105 - the name of an action
    CONFIRM_LATE = "confirm_late"


CLOSED: Final = frozenset({State.REDIRECTED, State.REFUSED, State.RETURNED})
SETTLED: Final = CLOSED | DECIDED
WITH_A_RESULT: Final = frozenset({State.RESULT_READY, State.RETURNED})
OPEN: Final = tuple(state for state in State if state not in CLOSED)
AT_THE_DESK: Final = frozenset({State.SUBMITTED, State.SUPPLEMENT_REQUESTED})

_AT_THE_DESK: Final[dict[tuple[State | None, Action], State]] = {
    (None, Action.SUBMIT): State.SUBMITTED,
    (State.SUBMITTED, Action.CHECK): State.SUBMITTED,
    (State.SUBMITTED, Action.AMEND): State.SUBMITTED,
    (State.SUBMITTED, Action.CONFIRM_LATE): State.SUBMITTED,
    (State.SUBMITTED, Action.APPROVE_SUPPLEMENT): State.SUBMITTED,
    (State.SUBMITTED, Action.REQUEST_SUPPLEMENT): State.SUPPLEMENT_REQUESTED,
    (State.SUPPLEMENT_REQUESTED, Action.REMIND): State.SUPPLEMENT_REQUESTED,
    (State.SUPPLEMENT_REQUESTED, Action.RESUBMIT): State.SUBMITTED,
    (State.SUPPLEMENT_REQUESTED, Action.REFUSE): State.REFUSED,
    (State.SUBMITTED, Action.REDIRECT): State.REDIRECTED,
    (State.SUBMITTED, Action.REFUSE): State.REFUSED,
    (State.SUBMITTED, Action.ACCEPT): State.ACCEPTED,
    (State.ACCEPTED, Action.SETTLE): State.RETURNED,
    (State.RESULT_READY, Action.RETURN): State.RETURNED,
    (State.REJECTED, Action.RETURN): State.RETURNED,
}

# The specialist unit reports its newest state; reports may overtake each other on the way,
# so any state of the unit may follow any other one, but never a closed one.
_AT_THE_UNIT: Final[dict[tuple[State | None, Action], State]] = {
    (before, action): after
    for before in WITH_THE_UNIT
    for action, after in (
        (Action.FORWARD, State.FORWARDED),
        (Action.START, State.IN_PROCESS),
        (Action.AWAIT_SIGNATURE, State.AWAITING_SIGNATURE),
        (Action.REJECT, State.REJECTED),
        (Action.COMPLETE, State.RESULT_READY),
    )
}

# A gap found while the dossier is handled: the unit drafts, the desk sends, the answer leads back to the same step.
# Meanwhile the unit's reports change no state, unless one is its last word.
_SUPPLEMENTED: Final[dict[tuple[State | None, Action], State]] = {
    **{(state, Action.DRAFT_SUPPLEMENT): state for state in WITH_THE_UNIT},
    (State.SUPPLEMENT_REQUESTED, Action.DRAFT_SUPPLEMENT): State.SUPPLEMENT_REQUESTED,
    (State.IN_PROCESS, Action.APPROVE_SUPPLEMENT): State.IN_PROCESS,
    (State.IN_PROCESS, Action.REQUEST_SUPPLEMENT): State.SUPPLEMENT_REQUESTED,
    (State.SUPPLEMENT_REQUESTED, Action.SUPPLY): State.IN_PROCESS,
    (State.SUPPLEMENT_REQUESTED, Action.FORWARD): State.SUPPLEMENT_REQUESTED,
    (State.SUPPLEMENT_REQUESTED, Action.START): State.SUPPLEMENT_REQUESTED,
    (State.SUPPLEMENT_REQUESTED, Action.AWAIT_SIGNATURE): State.SUPPLEMENT_REQUESTED,
    (State.SUPPLEMENT_REQUESTED, Action.EXTEND): State.SUPPLEMENT_REQUESTED,
    (State.SUPPLEMENT_REQUESTED, Action.REJECT): State.REJECTED,
    (State.SUPPLEMENT_REQUESTED, Action.COMPLETE): State.RESULT_READY,
}
_ONLY_CHECKED: Final = frozenset({Action.RESUBMIT, Action.REFUSE})
_ONLY_HANDLED: Final = frozenset(action for _, action in _SUPPLEMENTED) - {Action.REQUEST_SUPPLEMENT}

_IN_PLACE: Final[dict[tuple[State | None, Action], State]] = {
    (state, action): state
    for state in State
    for action, allowed in (
        (Action.CORRECT_CONTACT, state not in CLOSED),
        (Action.CHOOSE_CHANNEL, state not in SETTLED),
        # Whoever comes with the originals before the result is there need not come again for them.
        (Action.COMPARE, state not in CLOSED),
        # An account that proved the number is joined whatever has become of the dossier.
        (Action.JOIN, True),
        # The applicant agrees to carry it to the competent agency; here it stays closed.
        (Action.PASS_ON, state is State.REDIRECTED),
        # The letter may arrive after what came of it.
        (Action.EXTEND, state not in AT_THE_DESK),
        # A wrong result is taken back or replaced; that reopens nothing and changes no time.
        (Action.REVOKE, state in WITH_A_RESULT),
        (Action.REPLACE, state in WITH_A_RESULT),
    )
    if allowed
}

TRANSITIONS: Final[Mapping[tuple[State | None, Action], State]] = MappingProxyType(
    {**_AT_THE_DESK, **_AT_THE_UNIT, **_SUPPLEMENTED, **_IN_PLACE}
)


def leads_on(state: State | None, action: Action, *, accepted: bool) -> bool:
    """Tell whether `action` can be done in `state`; what waits for a supplement was accepted before, or was not.

    Source: requirements §D.2; R-INT-19, R-PRC-10
    """
    barred = _ONLY_CHECKED if accepted else _ONLY_HANDLED
    waits = state is State.SUPPLEMENT_REQUESTED
    return (state, action) in TRANSITIONS and not (waits and action in barred)


def next_state(state: State | None, action: Action, *, accepted: bool = False) -> State:
    """Return the state that `action` leads to from `state`; None is "not submitted yet".

    Raises:
        ActionNotAllowedError: the table has no such transition.

    Source: requirements §D.1-D.2; R-INT-04, R-RES-03
    """
    if not leads_on(state, action, accepted=accepted):
        raise ActionNotAllowedError(state=state or "draft", action=action)
    return TRANSITIONS[state, action]
