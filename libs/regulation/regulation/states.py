"""The states of a dossier from hand-in to hand-over: one list for all who tell, follow or count them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from regulation.text import Lang


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

WORDS: Final[Mapping[State, Mapping[Lang, str]]] = {
    State.SUBMITTED: {"vi": "Đã nộp", "en": "Submitted"},
    State.SUPPLEMENT_REQUESTED: {"vi": "Yêu cầu bổ sung", "en": "Supplement requested"},
    State.REDIRECTED: {"vi": "Hướng dẫn nộp đúng cơ quan", "en": "Directed to the competent agency"},
    State.REFUSED: {"vi": "Từ chối tiếp nhận", "en": "Refused"},
    State.ACCEPTED: {"vi": "Đã tiếp nhận", "en": "Accepted"},
    State.FORWARDED: {"vi": "Đã chuyển xử lý", "en": "With the specialist unit"},
    State.IN_PROCESS: {"vi": "Đang giải quyết", "en": "In process"},
    State.AWAITING_SIGNATURE: {"vi": "Chờ ký", "en": "Awaiting signature"},
    State.REJECTED: {"vi": "Không đủ điều kiện", "en": "Not granted"},
    State.RESULT_READY: {"vi": "Đã có kết quả", "en": "Result ready"},
    State.RETURNED: {"vi": "Đã trả kết quả", "en": "Result returned"},
}
"""What the states are called in front of people."""
