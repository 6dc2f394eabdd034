"""What several processes share for a moment and may lose at any time: news, answers kept for a second, limits."""

from live.board import Board, Ear, place, thing
from live.kept import Place, keeping
from live.limited import limiting
from live.limiting import Limiter
from live.serving import listening
from live.settings import LimitSettings, SharedSettings
from live.sharing import Shared, wire_of
from live.under_way import FORM, bounding
from live.watching import tell, watch

__all__ = [
    "FORM",
    "Board",
    "Ear",
    "LimitSettings",
    "Limiter",
    "Place",
    "Shared",
    "SharedSettings",
    "bounding",
    "keeping",
    "limiting",
    "listening",
    "place",
    "tell",
    "thing",
    "watch",
    "wire_of",
]
