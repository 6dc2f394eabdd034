"""Time limits: exact durations, and the phrases in which the national catalogue states them."""

from regulation.durations.duration import (
    AmountNotPositiveError,
    Duration,
    Unit,
    UnreadableDurationError,
    parse_amount,
    show_amount,
)
from regulation.durations.phrases import Parsed, Unclarity, Unclear, classify

__all__ = [
    "AmountNotPositiveError",
    "Duration",
    "Parsed",
    "Unclarity",
    "Unclear",
    "Unit",
    "UnreadableDurationError",
    "classify",
    "parse_amount",
    "show_amount",
]
