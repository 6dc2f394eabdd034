"""Figures per agency, level and kind of agency, whose sums agree from the bottom to the top."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields

from regulation.errors import RegulationError


@dataclass(frozen=True)
class Figures:
    """The counts of one agency over one period; finished = early + on time + late."""

    carried_over: int = 0
    received: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    in_progress: int = 0
    paused: int = 0
    withdrawn: int = 0

    @property
    def finished(self) -> int:
        """Count the finished dossiers."""
        return self.early + self.on_time + self.late

    @property
    def breach(self) -> int:
        """Give by how many dossiers the account does not hold; zero when it does."""
        come_in = self.carried_over + self.received
        return come_in - (self.finished + self.in_progress + self.paused + self.withdrawn)

    def __add__(self, other: "Figures") -> "Figures":
        names = [field.name for field in fields(self)]
        return Figures(**{name: getattr(self, name) + getattr(other, name) for name in names})


class AgencyNotPlacedError(RegulationError):
    """An agency has no known place: its level is not of the regulation, or its parent is missing."""

    code = "agency-not-placed"
    vi = "Cơ quan {agency} không có chỗ trong báo cáo: {what}."
    en = "The agency {agency} has no place in the report: {what}."


def roll_up(own: Mapping[str, Figures], parents: Mapping[str, str | None]) -> dict[str, Figures]:
    """Give each agency its own figures plus those of every agency below it.

    `parents` names the parent of every agency, None at the top.
    Raises: AgencyNotPlacedError when a parent is missing or the agencies form a circle.
    Source: R-STA-20; R-STA-01
    """
    totals = dict.fromkeys(parents, Figures())
    for agency, figures in own.items():
        for above in upwards(agency, parents):
            totals[above] += figures
    return totals


def upwards(agency: str, parents: Mapping[str, str | None]) -> list[str]:
    """Return an agency and those above it, the nearest first.

    Raises: AgencyNotPlacedError when a parent is missing or the agencies form a circle.
    Source: R-STA-20
    """
    chain: list[str] = []
    above: str | None = agency
    while above is not None:
        if above not in parents:
            raise AgencyNotPlacedError(agency=agency, what=f"{above} is unknown")
        if above in chain:
            raise AgencyNotPlacedError(agency=agency, what=f"{above} stands below itself")
        chain.append(above)
        above = parents[above]
    return chain


def by_level(
    own: Mapping[str, Figures], groups: Mapping[str, tuple[str, str]], levels: Collection[str]
) -> dict[tuple[str, str], Figures]:
    """Add up figures per administrative level and agency type; `groups` gives both for every agency.

    Raises: AgencyNotPlacedError when an agency has no level, or one the regulation does not cover.
    Source: R-STA-20; `scope.levels`
    """
    totals: dict[tuple[str, str], Figures] = {}
    for agency, figures in own.items():
        level, kind = groups.get(agency, ("", ""))
        if level not in levels:
            raise AgencyNotPlacedError(agency=agency, what=f"level {level or 'unknown'}")
        totals[level, kind] = totals.get((level, kind), Figures()) + figures
    return totals


def disagreeing_sums(
    own: Mapping[str, Figures], published: Mapping[str, Figures], parents: Mapping[str, str | None]
) -> tuple[str, ...]:
    """Name the agencies whose published sum is not what they and those below them add up to.

    Raises: AgencyNotPlacedError.
    Source: R-STA-20
    """
    right = roll_up(own, parents)
    return tuple(sorted(agency for agency in right if published.get(agency, Figures()) != right[agency]))
