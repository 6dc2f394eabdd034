"""Which instance settles work, where an agency runs one of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from regulation.codes.agency import AgencyCode

PROVINCE: Final = ""
"""The instance that settles what no agency settles by itself."""
AHEAD: Final = timedelta(seconds=2)
"""How far ahead a turn begins: further than the clocks of one province differ."""
ALWAYS: Final = datetime.max.replace(tzinfo=UTC)
"""An instant after every turn."""


class Turn(NamedTuple):
    """From the instant `at` on, the instance `holder` settles what `agency` and those below it are competent for."""

    agency: str
    at: datetime
    holder: str


def turns_of(apart: Mapping[str, datetime]) -> tuple[Turn, ...]:
    """Return the turns agreed upon beforehand: each agency's own instance from an instant on."""
    return tuple(Turn(agency, since, agency) for agency, since in apart.items())


def settled_by(agency: str, at: datetime, turns: Iterable[Turn]) -> str:
    """Name the instance that settles what `agency` is competent for: an agency with one of its own, or the province.

    Of the nearest agency above it that has a turn by then, the last turn counts. Every instance knows the same turns,
    so that each dossier or question has exactly one.

    Raises: UnreadableAgencyCodeError.

    Source: decisions 0045, 0048
    """
    code = AgencyCode.parse(agency)
    begun = [turn for turn in turns if turn.at <= at and code.within(turn.agency)]
    return max(begun, key=lambda turn: (len(turn.agency), turn.at)).holder if begun else PROVINCE


def begins_at(now: datetime, earlier: Iterable[datetime]) -> datetime:
    """Return when a turn begins that is given `now`: a little ahead, and after every earlier one."""
    return max(now + AHEAD, *(at + timedelta(microseconds=1) for at in earlier), now)


def holder_words(holder: str) -> dict[str, str]:
    """Name an instance in both languages, as `holder_vi` and `holder_en`."""
    if holder == PROVINCE:
        return {"holder_vi": "hệ thống chung của tỉnh", "holder_en": "the province's own instance"}
    return {
        "holder_vi": f"hệ thống riêng của cơ quan {holder}",
        "holder_en": f"agency {holder}'s own instance",
    }


@dataclass(frozen=True)
class Standing:
    """Where the work of an agency and those below it is, by state.

    `here` and `handed_over` count by state, `numbered` what is here with a number and no signature yet, `taken_over`
    what the other instance has said it has, `apart` agencies with another instance.
    """

    holder: str
    here: dict[str, int]
    numbered: int
    handed_over: dict[str, int]
    taken_over: int
    apart: dict[str, str]

    @property
    def done(self) -> bool:
        """Tell whether nothing is left here and everything told has been taken over."""
        return not self.here and sum(self.handed_over.values()) == self.taken_over
