"""What one version of a procedure says while it is edited: all its constituent parts, some perhaps still open."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from procedures import Case, Component, Fee, FormUse, Limit, Offer, Process, Result, Route
from regulation.durations import Duration, Unit


@dataclass(frozen=True)
class AgreedTime:
    """The time that one of several agencies agreed to take (thời gian đã thống nhất); `amount` in short notation.

    Source: HN Đ.8.1.b; NB Đ.17.1.b; R-CAT-33
    """

    agency: str
    amount: str

    @property
    def duration(self) -> Duration:
        """Return how long. Raises: UnreadableDurationError."""
        return Duration.parse(self.amount)


@dataclass(frozen=True)
class Content:
    """Everything one version says (bộ phận cấu thành của thủ tục hành chính). Source: BD Đ.5.2; R-CAT-09."""

    name: str
    field: str
    name_en: str = ""
    levels: tuple[str, ...] = ()
    route: Route = Route.OWN
    route_url: str | None = None
    ministry: str | None = None
    competent: tuple[str, ...] = ()
    coordinating: tuple[str, ...] | None = None
    applicants: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    components: tuple[Component, ...] = ()
    sets: int | None = None
    limits: tuple[Limit, ...] = ()
    agreed: tuple[AgreedTime, ...] = ()
    fees: tuple[Fee, ...] = ()
    results: tuple[Result, ...] = ()
    forms: tuple[FormUse, ...] | None = None
    conditions: str | None = None
    pickup_exempt: str | None = None
    legal_basis: tuple[str, ...] = ()
    eform: dict[str, Any] | None = None
    process: Process | None = None
    offers: tuple[Offer, ...] = ()
    national: dict[str, Any] | None = None


def together(parts: Sequence[AgreedTime]) -> list[Duration]:
    """Return the parts as one time, one for each unit they are counted in. Source: HN Đ.8.1.b; R-CAT-33"""
    sums: dict[Unit, Fraction] = {}
    for duration in (part.duration for part in parts):
        sums[duration.unit] = sums.get(duration.unit, Fraction(0)) + duration.amount
    return [Duration.of(amount, unit) for unit, amount in sums.items()]
