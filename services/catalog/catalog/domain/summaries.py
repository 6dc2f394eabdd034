"""What a list says of a procedure in a word: the fee, the time and where it can be filed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from procedures import Case, Charge, Fee, Limit, charge, closest
from procedures.wording import NOTHING_PUBLISHED
from regulation.text import LANGUAGES

T = TypeVar("T")


class Filing(StrEnum):
    """Where a citizen files a dossier of a procedure: on this portal, at a desk of the province, or not here."""

    ONLINE = "online"
    DESK = "desk"
    ELSEWHERE = "elsewhere"


DEPENDS = {"vi": "Tùy trường hợp", "en": "Depends on the case"}


@dataclass(frozen=True)
class Terms:
    """The parts of a version that say what it costs and how long it takes."""

    cases: tuple[Case, ...] = ()
    channels: tuple[str, ...] = ()
    fees: tuple[Fee, ...] = ()
    limits: tuple[Limit, ...] = ()

    def fee(self) -> dict[str, str]:
        """Return the fee of every case and channel in both languages, in one word. Source: R-CAT-21; R-INT-10"""
        charges = self._each(lambda case, channel: charge(self.fees, case, channel))
        return {lang: _told({_fee_words(one, lang): None for one in charges}, lang) for lang in LANGUAGES}

    def time(self) -> dict[str, str]:
        """Return the time limit of every case and channel in both languages, in one word. Source: R-INT-09"""
        limits = self._each(lambda case, channel: closest(self.limits, case, channel))
        told = [limit for limit in limits if limit is not None and limit.clear]
        return {lang: _told({limit.words(lang): None for limit in told}, lang) for lang in LANGUAGES}

    def _each(self, answer: Callable[[str | None, str | None], T]) -> list[T]:
        cases: Sequence[str | None] = [case.id for case in self.cases] or [None]
        channels: Sequence[str | None] = self.channels or [None]
        return [answer(case, channel) for case in cases for channel in channels]


def filing(route: str, online: bool, offered: bool) -> Filing:
    """Say where a procedure is filed; what another system handles is not filed here. Source: R-CAT-05"""
    if online:
        return Filing.ONLINE
    return Filing.DESK if offered and route == "own" else Filing.ELSEWHERE


def _fee_words(one: Charge, lang: str) -> str:
    """Say what the procedure itself costs; what is ordered beside it has its place on the page and the receipt."""
    lines = [line for line in one.lines if not line.item]
    return "; ".join(dict.fromkeys(line.words(lang) for line in lines)) or NOTHING_PUBLISHED[lang]


def _told(words: dict[str, None], lang: str) -> str:
    if not words:
        return NOTHING_PUBLISHED[lang]
    return next(iter(words)) if len(words) == 1 else DEPENDS[lang]
