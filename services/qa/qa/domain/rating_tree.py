"""Which figures of ratings are told up the tree of agencies, so that none says how somebody rated."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from qa.domain.rating import LEAST, Figure, Tally, figure

Parents = Mapping[str, str | None]
TOP = ""
"""Above every agency: the province."""


class Told(NamedTuple):
    """The figures of the province, of agencies with those below them, and of agencies alone, by their codes."""

    total: Figure
    whole: list[Figure]
    own: list[Figure]


@dataclass
class _Part:
    """Ratings that are counted together; `seen` are the told parts right below, when it is told itself."""

    tally: Tally
    parts: list["_Part"] = field(default_factory=list)
    told: bool = False
    seen: list["_Part"] = field(default_factory=list)

    @property
    def figure(self) -> Figure:
        return figure(self.tally) if self.told else Figure(self.tally.agency)


def told_ratings(rows: Collection[Tally], parents: Parents) -> Told:
    """Return what may be told of ratings: what is left of any figure without those told within it is never of few.

    Where too little would be left, the smallest figure within goes too, until enough is left.

    Source: TN Đ.6.3; R-SAT-03
    """
    own = {row.agency: row for row in rows if row.given}
    below = _below(own, parents)
    whole: dict[str, _Part] = {}
    alone: dict[str, _Part] = {}

    def part(agency: str) -> _Part:
        mine = own.get(agency, Tally(agency, 0, 0.0, 0.0))
        made = _Part(mine, [part(code) for code in below[agency]])
        alone[agency] = made if not made.parts else _Part(mine)
        if made.parts and mine.given:
            made.parts.append(alone[agency])
        for code in below[agency]:
            made.tally = made.tally.with_(whole[code].tally)
        whole[agency] = made
        return made

    province = part(TOP)
    _judge(province)
    agencies = sorted(whole.keys() - {TOP})
    return Told(
        province.figure,
        [whole[code].figure for code in agencies],
        [alone[code].figure for code in sorted(own)],
    )


def _below(own: Collection[str], parents: Parents) -> defaultdict[str, list[str]]:
    """Return the agencies right below each, as far as they or some below them were rated."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    known: set[str] = set()
    for rated in own:
        code: str | None = rated
        while code and code not in known:
            known.add(code)
            above = parents.get(code)
            found[above if above in parents and above else TOP].append(code)
            code = above if above in parents else None
    return found


def _judge(part: _Part) -> list[_Part]:
    """Decide what is told of a part and within it; return the told parts that stand highest in it."""
    inner = [one for each in part.parts for one in _judge(each)]
    if part.tally.proven < LEAST:
        return inner
    part.told = True
    while inner and not _enough(part.tally, inner):
        least = min(inner, key=lambda one: (one.tally.proven, one.tally.agency))
        inner.remove(least)
        inner += least.seen
        least.told = False
    part.seen = inner
    return [part]


def _enough(tally: Tally, told: Sequence[_Part]) -> bool:
    """Tell whether what is left without the told parts is nobody's, or of enough people."""
    for one in told:
        tally = tally.with_(one.tally, -1)
    return tally.given == 0 or tally.proven >= LEAST
