"""The ledger of one deadline: its facts, its lines, its explanation, and its form for keeping."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from regulation.calendar.calendar import WorkingCalendar
from regulation.clock.account import Account, Extension, Restart
from regulation.clock.explain import Explanation, explain
from regulation.clock.intervals import intervals_of
from regulation.clock.rows import Interval, Reason
from regulation.clock.rules import DayZero, Pause, Rule
from regulation.durations import Duration


@dataclass(frozen=True, eq=False)
class Ledger(Account):
    """A due date that can show how it came about; two ledgers are equal when every line is.

    Source: requirements §0.3.2; R-PRC-05.
    """

    calendar: WorkingCalendar | None = field(default=None, repr=False)

    @cached_property
    def intervals(self) -> tuple[Interval, ...]:
        """Every stretch from hand-in to due date, counted or not, with its reason; drawn up when first asked."""
        return intervals_of(self, self.calendar) if self.calendar else ()

    def explain(self, lang: str = "vi") -> Explanation:
        """Say in `vi` or `en` how the date came about: one sentence and the rows."""
        return explain(self, self.intervals, lang)

    def to_dict(self) -> dict[str, Any]:
        """Write the ledger as JSON values; instants are ISO UTC."""
        lines = [
            [_write(one.start), _write(one.end), one.counted, one.reason.value, one.vi, one.en, one.tally]
            for one in self.intervals
        ]
        return {**self.facts(), "intervals": lines}

    def facts(self) -> dict[str, Any]:
        """Write what the due date follows from, without the lines that the calendar of that version gives again."""
        return {
            "rule": self.rule.value,
            "source": self.source,
            "calendar_version": self.calendar_version,
            "zone": self.zone,
            "received_at": _write(self.received_at),
            "handed_in_at": _write(self.handed_in_at),
            "started_at": _write(self.started_at),
            "amount": str(self.amount) if self.amount else None,
            "day_zero": self.day_zero.value,
            "pauses": [_write_all(vars(pause)) for pause in self.pauses],
            "restarts": [_write_all(vars(restart)) for restart in self.restarts],
            "extension": _write_all(vars(self.extension)) if self.extension else None,
            "original_due_at": _write(self.original_due_at),
            "due_at": _write(self.due_at),
        }

    @staticmethod
    def from_dict(kept: Mapping[str, Any], calendar: WorkingCalendar | None = None) -> "Ledger":
        """Read back what `to_dict` wrote, with the lines that were kept, or `facts`, with those of the calendar.

        Raises: KeyError, ValueError.
        """
        ledger = Ledger(
            rule=Rule(kept["rule"]),
            source=kept["source"],
            calendar_version=kept["calendar_version"],
            zone=kept["zone"],
            received_at=_read(kept["received_at"]),
            handed_in_at=_read(kept["handed_in_at"]) if kept["handed_in_at"] else None,
            started_at=_read(kept["started_at"]),
            amount=Duration.parse(kept["amount"]) if kept["amount"] else None,
            pauses=tuple(Pause(**_read_all(pause)) for pause in kept["pauses"]),
            day_zero=DayZero(kept["day_zero"]),
            original_due_at=_read(kept["original_due_at"]),
            extension=Extension(**_read_all(kept["extension"])) if kept["extension"] else None,
            restarts=tuple(Restart(**_read_all(restart)) for restart in kept["restarts"]),
            calendar=calendar,
        )
        if "intervals" in kept:
            ledger.__dict__["intervals"] = tuple(
                Interval(_read(start), _read(end), counted, Reason(reason), vi, en, tally)
                for start, end, counted, reason, vi, en, tally in kept["intervals"]
            )
        return ledger

    def __eq__(self, other: object) -> bool:
        """Compare every fact and every line."""
        return isinstance(other, Ledger) and self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        """Hash by what determines the result."""
        return hash((self.rule, self.received_at, self.amount, self.original_due_at, self.calendar_version))


def _write(at: datetime | None) -> str | None:
    """Write an instant as ISO UTC."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None


def _read(text: str) -> datetime:
    """Read an ISO instant as UTC. Raises: ValueError."""
    return datetime.fromisoformat(text).astimezone(UTC)


def _write_all(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Write the fields of a pause, a restart or an extension."""
    return {name: _write(value) if isinstance(value, datetime) else value for name, value in fields.items()}


def _read_all(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Read the fields of a pause, a restart or an extension back."""
    instants = {"start", "end", "announced_at", "until", "previous_received_at", "previous_due_at"}
    return {name: _read(value) if name in instants and value else value for name, value in fields.items()}
