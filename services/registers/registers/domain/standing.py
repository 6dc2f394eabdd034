"""How the suite stands: what each process tells, what of it needs a person, the share of time it was up."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from prometheus_client.parser import text_string_to_metric_families

LATE: Final = 300.0
"""Seconds after which a job that should have run, or an event nobody has, is shown."""
ROOM: Final = 1 << 30
"""Bytes on a disk of files below which somebody has to see to it."""
RENEW: Final = 14
"""Days before its end in which somebody has to see to a certificate."""
HELD: Final = timedelta(seconds=150)
"""How long one look speaks for, where no later one follows: two rounds and a little."""
CAPABILITIES: Final[Mapping[str, frozenset[str]]] = {
    "information": frozenset({"portal", "catalog"}),
    "sign_in": frozenset({"portal", "identity"}),
    "submission": frozenset({"portal", "identity", "intake"}),
    "handling": frozenset({"portal", "processing"}),
    "notices": frozenset({"notify"}),
    "figures": frozenset({"portal", "stats"}),
}
"""What people can do, and the services it needs; pages for everybody name nothing else."""
NEEDED: Final = frozenset({"portal", "catalog", "identity", "intake", "processing"})
"""Without one of these the system counts as unavailable. Source: NB Đ.6.4; TN Đ.21.3; R-OPS-01"""
WORKER: Final = "-worker"


@dataclass(frozen=True)
class PartFacts:
    """What one process tells: whether it is ready, and of its work what waits; None where it does not say."""

    name: str
    ready: bool
    late_jobs: tuple[str, ...] = ()
    unpublished_seconds: float | None = None
    waiting: int | None = None
    dead: int | None = None
    free_bytes: int | None = None
    unpublished: int | None = None
    not_yet: int | None = None
    not_yet_seconds: float | None = None
    days_left: Mapping[str, int] = field(default_factory=dict)
    """Of certificates, by what they are for: whole days until the first of them ends."""
    failed_jobs: tuple[str, ...] = ()

    def problems(self) -> tuple[str, ...]:
        """Return what a person has to see to, by name."""
        found = {
            "away": not self.ready,
            "late_jobs": bool(self.late_jobs),
            "failed_jobs": bool(self.failed_jobs),
            "not_told": (self.unpublished_seconds or 0) > LATE,
            "dead": bool(self.dead),
            "disk": self.free_bytes is not None and self.free_bytes < ROOM,
            "certificate": any(days < RENEW for days in self.days_left.values()),
        }
        return tuple(name for name, here in found.items() if here)


def facts_of(name: str, numbers: str, *, ready: bool, now: float) -> PartFacts:
    """Read from a process's numbers, in Prometheus' text, how it stands; `now` in Unix time."""
    told: dict[str, list[tuple[dict[str, str], float]]] = {}
    for family in text_string_to_metric_families(numbers):
        for sample in family.samples:
            told.setdefault(sample.name, []).append((sample.labels, sample.value))
    due = told.get("motcua_job_due_timestamp_seconds", ())
    late = {labels.get("job", "") for labels, at in due if now - at > LATE}
    failed = {labels.get("job", "") for labels, value in told.get("motcua_job_failed", ()) if value}

    def most(metric: str) -> float | None:
        return max((value for _, value in told.get(metric, ())), default=None)

    def count(metric: str) -> int | None:
        return None if (value := most(metric)) is None else int(value)

    ends = told.get("motcua_certificate_ends_timestamp_seconds", ())
    free = min((value for _, value in told.get("motcua_files_free_bytes", ())), default=None)
    return PartFacts(
        name=name,
        ready=ready,
        late_jobs=tuple(sorted(late)),
        failed_jobs=tuple(sorted(failed)),
        unpublished_seconds=most("motcua_outbox_oldest_unpublished_seconds"),
        waiting=count("motcua_inbox_waiting"),
        dead=count("motcua_inbox_dead"),
        free_bytes=None if free is None else int(free),
        unpublished=count("motcua_outbox_unpublished"),
        not_yet=count("motcua_inbox_not_yet"),
        not_yet_seconds=most("motcua_inbox_not_yet_seconds"),
        days_left={labels["certificate"]: int((at - now) // 86_400) for labels, at in ends},
    )


def service_of(part: str) -> str:
    """Return the service a process belongs to."""
    return part.removesuffix(WORKER)


def works(capability: str, down: Collection[str]) -> bool:
    """Tell whether people can do something while these processes do not answer."""
    return CAPABILITIES[capability].isdisjoint(down)


class Touch(StrEnum):
    """How much an open entry means to people, the gravest first."""

    INCIDENT = "incident"
    PLANNED = "planned"
    SLIGHT = "slight"


def gravest(touches: Collection[Touch]) -> Touch | None:
    """Return what weighs most of what touches something; nothing where nothing does."""
    return next((one for one in Touch if one in touches), None)


def said_to_work(works: bool | None, incidents: Collection[str]) -> bool | None:
    """Return what is told of something people do: while an incident touches it, nobody says that it works."""
    return None if works and incidents else works


@dataclass(frozen=True)
class Availability:
    """How long of a time the system was up, was looked at, and what there was to look at; seconds."""

    up: float
    seen: float
    whole: float

    @property
    def percent(self) -> float | None:
        """The share of the time in which it was seen to be up; what nobody saw counts as down. Source: R-OPS-01"""
        return None if self.whole <= 0 else round(100 * self.up / self.whole, 3)


def availability(
    looks: Iterable[tuple[datetime, Collection[str]]], since: datetime, until: datetime
) -> Availability:
    """Measure from looks, oldest first, how long the system was up between two instants.

    A look speaks until the next one, at most for `HELD`: a time in which nobody looked is no time it was up.

    Source: NB Đ.6.4; TN Đ.21.3; R-OPS-01
    """
    told = list(looks)
    up = seen = 0.0
    for place, (at, down) in enumerate(told):
        end = told[place + 1][0] if place + 1 < len(told) else until
        held = max(0.0, (min(end, at + HELD, until) - max(at, since)).total_seconds())
        seen += held
        up += held if NEEDED.isdisjoint(down) else 0.0
    return Availability(up, seen, max(0.0, (until - since).total_seconds()))
