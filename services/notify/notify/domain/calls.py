"""Telephone calls with people about a dossier: who called whom, and what came of it."""

from enum import StrEnum


class Direction(StrEnum):
    """Who called (chiều cuộc gọi)."""

    OUTGOING = "outgoing"
    INCOMING = "incoming"


class CallResult(StrEnum):
    """What came of a call (kết quả cuộc gọi)."""

    TOLD = "told"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    CALL_BACK = "call_back"
