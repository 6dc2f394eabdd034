"""The states of a dossier from hand-in to hand-over: one list for all who tell, follow or count them."""

from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where a dossier stands (trạng thái hồ sơ). Source: requirements §D.1"""

    SUBMITTED = "submitted"
    SUPPLEMENT_REQUESTED = "supplement_requested"
    REDIRECTED = "redirected"
    REFUSED = "refused"
    ACCEPTED = "accepted"
    FORWARDED = "forwarded"
    IN_PROCESS = "in_process"
    AWAITING_SIGNATURE = "awaiting_signature"
    REJECTED = "rejected"
    RESULT_READY = "result_ready"
    RETURNED = "returned"


WITH_THE_UNIT: Final = (State.ACCEPTED, State.FORWARDED, State.IN_PROCESS, State.AWAITING_SIGNATURE)
"""Accepted and not settled: the specialist unit has it."""
DECIDED: Final = frozenset({State.RESULT_READY, State.REJECTED})
"""Settled by the unit, and still to be handed over."""
ENDED: Final = frozenset({State.REDIRECTED, State.REFUSED, State.RETURNED})
"""Nobody owes anything any more: no deadline runs, and nothing is to be handed over."""
