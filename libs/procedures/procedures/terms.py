"""All cases and channels of a procedure side by side, as people read them before they apply."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from regulation.channels import Channel

from procedures.charges import Charge, charge, closest
from procedures.parts import Case, Fee, Limit


@dataclass(frozen=True)
class Term:
    """Time limit and fee of one case through the channels that share them."""

    case: Case | None
    channels: tuple[Channel, ...]
    limit: Limit | None
    charge: Charge


def side_by_side(cases: Sequence[Case], limits: Sequence[Limit], fees: Sequence[Fee]) -> tuple[Term, ...]:
    """Lay limits and fees out per case and channel; channels that say the same share a line.

    Source: TN Đ.6.2; NB Đ.23.3; R-CAT-05; R-CAT-21
    """
    found: list[Term] = []
    for case in cases or (None,):
        for channel in Channel:
            id_ = case.id if case else None
            limit, cost = closest(limits, id_, channel), charge(fees, id_, channel)
            if limit or cost.lines:
                # whom a limit is for stands in the line already, and would keep alike lines apart
                said = replace(limit, case=None, channel=None) if limit else None
                _add(found, Term(case, (channel,), said, cost))
    return tuple(found)


def _add(terms: list[Term], term: Term) -> None:
    for place, known in enumerate(terms):
        if replace(known, channels=()) == replace(term, channels=()):
            terms[place] = replace(known, channels=known.channels + term.channels)
            return
    terms.append(term)
