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
    REDIRECT = "redirect"
    REFUSE = "refuse"
    ACCEPT = "accept"
    FORWARD = "forward"
    START = "start"
    AWAIT_SIGNATURE = "await_signature"
    EXTEND = "extend"
    REJECT = "reject"
    COMPLETE = "complete"
    RETURN = "return"
    SETTLE = "settle"
    REVOKE = "revoke"
    REPLACE = "replace"
    JOIN = "join"
    CONFIRM_LATE = "confirm_late"


CLOSED: Final = frozenset({State.REDIRECTED, State.REFUSED, State.RETURNED})
SETTLED: Final = CLOSED | DECIDED
WITH_A_RESULT: Final = frozenset({State.RESULT_READY, State.RETURNED})
OPEN: Final = tuple(state for state in State if state not in CLOSED)
AT_THE_DESK: Final = frozenset({State.SUBMITTED, State.SUPPLEMENT_REQUESTED})

_AT_THE_DESK: Final[dict[tuple[State | None, Action], State]] = {
    (None, Action.SUBMIT): State.SUBMITTED,
    (State.SUBMITTED, Action.CHECK): State.SUBMITTED,
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

_IN_PLACE: Final[dict[tuple[State | None, Action], State]] = {
    (state, action): state
    for state in State
    for action, allowed in (
        (Action.CORRECT_CONTACT, state not in CLOSED),
        (Action.CHOOSE_CHANNEL, state not in SETTLED),
        # An account that proved the number is joined whatever has become of the dossier.
        (Action.JOIN, True),
        # The letter may arrive after what came of it.
        (Action.EXTEND, state not in AT_THE_DESK),
        # A wrong result is taken back or replaced; that reopens nothing and changes no time.
        (Action.REVOKE, state in WITH_A_RESULT),
        (Action.REPLACE, state in WITH_A_RESULT),
    )
    if allowed
}

TRANSITIONS: Final[Mapping[tuple[State | None, Action], State]] = MappingProxyType(
    {**_AT_THE_DESK, **_AT_THE_UNIT, **_IN_PLACE}
)


def next_state(state: State | None, action: Action) -> State:
    """Return the state that `action` leads to from `state`; None is "not submitted yet".

    Raises:
        ActionNotAllowedError: the table has no such transition.

    Source: requirements §D.1-D.2; R-INT-04, R-RES-03
    """
    try:
        return TRANSITIONS[state, action]
    except KeyError:
        raise ActionNotAllowedError(state=state or "draft", action=action) from None
