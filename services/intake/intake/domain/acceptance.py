"""What accepting a dossier would lead to: the explained due date, or everything that stands in the way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from common.errors import DomainError
from procedures import Procedure
from regulation.calendar import WorkingCalendar
from regulation.clock import Ledger
from regulation.states import State

from intake.domain.checklist import allow_acceptance
from intake.domain.errors import (
    ActionNotAllowedError,
    OpenComponentsError,
    ProcessNotApprovedError,
    SigningImpossibleError,
    TimeLimitUnusableError,
    UnjudgedComponentsError,
)
from intake.domain.late import LateNotConfirmedError
from intake.domain.life_cycle import Action, next_state
from intake.domain.papers import Paper
from intake.domain.rules import DeskRules, promise


@dataclass(frozen=True)
class Grounds:
    """What an acceptance rests on; `attached` are components with a file, `verdicts` those of the present round."""

    procedure: Procedure
    state: str
    case: str | None
    channel: str
    attached: frozenset[str]
    verdicts: Mapping[str, str]
    late_waits: bool = False
    """Whether a late entry waits for a second person."""


@dataclass(frozen=True)
class Outlook:
    """The due date an acceptance would promise, None where none can be; and every obstacle, gravest first."""

    ledger: Ledger | None
    obstacles: tuple[DomainError, ...]

    def promised(self) -> Ledger:
        """Return the due date.

        Raises:
            DomainError: the gravest obstacle.
        """
        for obstacle in self.obstacles:
            raise obstacle
        assert self.ledger is not None  # without obstacle there is a date
        return self.ledger


def outlook(
    rules: DeskRules, calendar: WorkingCalendar, grounds: Grounds, *, can_sign: bool, now: datetime
) -> Outlook:
    """Foresee what accepting at `now` gives; acceptance itself goes by the same answer.

    Source: NB Đ.16.1; TN Đ.11.3.b; TN Đ.11.4.a-b; R-INT-03, R-INT-04, R-INT-09, R-INT-12
    """
    obstacles = list(_obstacles(rules, grounds, can_sign))
    ledger = None
    try:
        ledger = _ledger(calendar, grounds, now)
    except TimeLimitUnusableError as unusable:
        obstacles.append(unusable)
    return Outlook(ledger, tuple(obstacles))


def _obstacles(rules: DeskRules, grounds: Grounds, can_sign: bool) -> Iterator[DomainError]:
    try:
        next_state(State(grounds.state), Action.ACCEPT)
    except ActionNotAllowedError as error:
        yield error
    if grounds.late_waits:
        yield LateNotConfirmedError()
    try:
        allow_acceptance(grounds.procedure.papers(grounds.case), grounds.attached, grounds.verdicts)
    except (UnjudgedComponentsError, OpenComponentsError) as error:
        yield error
    if not grounds.procedure.has_approved_process:
        yield ProcessNotApprovedError(rule="R-PRC-01")
    if rules.must_sign(Paper.RECEIPT) and not can_sign:
        yield SigningImpossibleError()


def _ledger(calendar: WorkingCalendar, grounds: Grounds, now: datetime) -> Ledger:
    procedure = grounds.procedure
    limit = procedure.limit(grounds.case, grounds.channel)
    source = f"TTHC {procedure.code} (phiên bản {procedure.version}): {limit.text if limit else ''}"
    return promise(limit, now, calendar, source)
