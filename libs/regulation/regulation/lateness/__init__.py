"""Lateness and accounts: when a dossier is on time, and why the sums of every report must agree."""

from regulation.lateness.account import (
    Account,
    Entry,
    History,
    HistoryRefusedError,
    Move,
    Totals,
    account,
    follows,
)
from regulation.lateness.figures import (
    AgencyNotPlacedError,
    Figures,
    by_level,
    disagreeing_sums,
    roll_up,
    upwards,
)
from regulation.lateness.golive import Preparation, not_ready, open_items
from regulation.lateness.periods import Cycle, Period, Scheme, period_of
from regulation.lateness.standing import Outcome, Progress, Standing, flags, outcome, standing

__all__ = [
    "Account",
    "AgencyNotPlacedError",
    "Cycle",
    "Entry",
    "Figures",
    "History",
    "HistoryRefusedError",
    "Move",
    "Outcome",
    "Period",
    "Preparation",
    "Progress",
    "Scheme",
    "Standing",
    "Totals",
    "account",
    "by_level",
    "disagreeing_sums",
    "flags",
    "follows",
    "not_ready",
    "open_items",
    "outcome",
    "period_of",
    "roll_up",
    "standing",
    "upwards",
]
