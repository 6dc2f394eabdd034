"""What several processes share for a moment and may lose at any time: news, answers kept for a second, limits."""

from live.board import Board, Ear, place, thing
from live.kept import Kept, KeptAnswers
from live.limiting import Limiter
from live.serving import listening
from live.settings import SharedSettings
from live.sharing import Shared, wire_of
from live.watching import tell, watch

__all__ = [
    "Board",
    "Ear",
    "Kept",
    "KeptAnswers",
    "Limiter",
    "Shared",
    "SharedSettings",
    "listening",
    "place",
    "tell",
    "thing",
    "watch",
    "wire_of",
]
