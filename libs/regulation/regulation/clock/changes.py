"""What happens to a due date afterwards: pauses, a fresh start, the one extension, a changed calendar."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from regulation.calendar.calendar import WorkingCalendar
from regulation.clock.account import Extension, Restart
from regulation.clock.due import due
from regulation.clock.ledger import Ledger
from regulation.clock.minutes import apology_due_at
from regulation.clock.rules import ExtensionBackwardsError, ExtensionTooLateError, ExtensionUsedError, Pause


def recompute(ledger: Ledger, calendar: WorkingCalendar) -> Ledger:
    """Compute a ledger again from its own facts; on the same calendar the answer is equal to it.

    Raises: what `due` raises.
    """
    return _again(ledger, calendar, ledger.pauses)


def add_pause(ledger: Ledger, pause: Pause, calendar: WorkingCalendar) -> Ledger:
    """Take one more finished pause into account. Raises: what `due` raises. Source: R-PRC-10."""
    return _again(ledger, calendar, (*ledger.pauses, pause))


def restart(
    ledger: Ledger, at: datetime, calendar: WorkingCalendar, *, ground: str = "", paper: str = ""
) -> Ledger:
    """Begin the full limit anew when the complete dossier arrives; pauses and extension of the old run fall away.

    Raises: what `due` raises. Source: NĐ 61/2018 Đ.19.4; R-INT-19, R-PRC-10.
    """
    fresh = due(ledger.rule, at, ledger.amount, calendar, (), ledger.source, day_zero=ledger.day_zero)
    return succeed(ledger, fresh, ground=ground, paper=paper)


def resume(ledger: Ledger, pause: Pause, handling: str, calendar: WorkingCalendar) -> Ledger:
    """Let the clock of a dossier run again once the applicant has answered, as `processing.clock_on_supplement` says.

    `pause` is the finished wait. What was late when the wait began stays late: no request turns it on time.

    Raises: what `due` raises. Source: TN Đ.11.4.c; NĐ 61/2018 Đ.19.8; R-PRC-10; R-STA-19.
    """
    if handling == "run_on" or pause.start > ledger.due_at or pause.end is None:
        return ledger
    if handling == "pause":
        return add_pause(ledger, pause, calendar)
    return restart(ledger, pause.end, calendar, ground=pause.ground, paper=pause.paper)


def succeed(ledger: Ledger, fresh: Ledger, *, ground: str = "", paper: str = "") -> Ledger:
    """Let a full limit, perhaps of another length, follow one that somebody else gave back.

    Source: NB Đ.18.5.b; R-QNA-13.
    """
    past = Restart(ledger.received_at, ledger.due_at, ground, paper)
    return replace(fresh, restarts=(*ledger.restarts, past))


def extend(
    ledger: Ledger,
    until: datetime,
    announced_at: datetime,
    calendar: WorkingCalendar,
    *,
    reason: str = "",
    paper: str = "",
    by_law: bool = False,
) -> Ledger:
    """Set the one new date; the old one stays for statistics.

    It is announced at least a day before the old one; where the law gives the longer time, before it has passed.

    Raises: ExtensionUsedError, ExtensionBackwardsError, ExtensionTooLateError, CalendarGapError.
    Source: NĐ 61/2018 Đ.19.9; NB Đ.18.5.b; R-PRC-14; R-QNA-15.
    """
    if ledger.extension:
        raise ExtensionUsedError
    local = (calendar.local(at).isoformat(timespec="minutes") for at in (until, ledger.due_at))
    if calendar.tick_of(until, end=True) <= calendar.tick_of(ledger.due_at, end=True):
        raise ExtensionBackwardsError(until=next(local), due=next(local))
    latest = ledger.due_at if by_law else apology_due_at(calendar, ledger.due_at)
    if announced_at > latest:
        told, last = (calendar.local(at).isoformat(timespec="minutes") for at in (announced_at, latest))
        raise ExtensionTooLateError(announced=told, latest=last)
    return replace(ledger, extension=Extension(announced_at, until, reason, paper, by_law))


@dataclass(frozen=True)
class Redating:
    """An open matter before and after a change of the calendar."""

    old: Ledger
    new: Ledger

    @property
    def difference(self) -> timedelta:
        """How much later (or, negative, earlier) the matter is due now."""
        return self.new.due_at - self.old.due_at


def redate(ledgers: Iterable[Ledger], calendar: WorkingCalendar) -> list[Redating]:
    """Compute open matters on a changed calendar: old, new and the difference of each, in the given order.

    Raises: what `due` raises. Source: R-PRC-05; law-facts §12.
    """
    return [Redating(ledger, recompute(ledger, calendar)) for ledger in ledgers]


def _again(ledger: Ledger, calendar: WorkingCalendar, pauses: Sequence[Pause]) -> Ledger:
    """Compute from the facts of a ledger, keeping what was decided about it."""
    fresh = due(
        ledger.rule,
        ledger.received_at,
        ledger.amount,
        calendar,
        pauses,
        ledger.source,
        handed_in=ledger.handed_in_at,
        day_zero=ledger.day_zero,
    )
    return replace(fresh, extension=ledger.extension, restarts=ledger.restarts)
