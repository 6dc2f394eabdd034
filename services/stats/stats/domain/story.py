"""The story of one dossier, told from whatever facts have arrived, in whatever order they came."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from regulation.lateness import Entry, Move, follows, outcome

RECEIVED = "intake.dossier_submitted.v1"
ACCEPTED = "intake.dossier_accepted.v1"
PAUSED = "intake.dossier_supplement_requested.v1"
RESUMED = "intake.dossier_resubmitted.v1"
SUPPLEMENTED = "intake.dossier_supplemented.v1"
REFUSED = "intake.dossier_refused.v1"
REDIRECTED = "intake.dossier_redirected.v1"
RETURNED = "intake.dossier_returned.v1"
REJECTED = "processing.dossier_rejected.v1"
READY = "processing.result_ready.v1"
OPENED = "processing.dossier_opened.v1"
ASSIGNED = "processing.dossier_assigned.v1"
STEP_ENDED = "processing.step_completed.v1"
SENT_BACK = "processing.dossier_sent_back.v1"

_MOVES: Mapping[str, Move] = {
    PAUSED: Move.PAUSED,
    RESUMED: Move.RESUMED,
    SUPPLEMENTED: Move.RESUMED,
    REFUSED: Move.FINISHED,
    REJECTED: Move.FINISHED,
    READY: Move.FINISHED,
    # What is settled at once is finished by its return; whatever was finished before stays so.
    RETURNED: Move.FINISHED,
    REDIRECTED: Move.WITHDRAWN,
}


class Closing(StrEnum):
    """How a dossier left the account."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    WITHDRAWN = "withdrawn"


class Belonging(NamedTuple):
    """Where a dossier counts: receiving point, competent agency, field, channel and procedure."""

    agency: str
    competent_agency: str
    field: str
    channel: str
    procedure_code: str


UNKNOWN = Belonging("", "", "", "", "")


class Hands(NamedTuple):
    """In whose hands a dossier is: the settling agency's unit, and its officer once somebody has taken it."""

    unit: str | None
    officer_id: str | None


NOBODYS = Hands(None, None)


class Fact(NamedTuple):
    """One fact about a dossier; `at` is the instant in UTC, `due_at` the due time it set, if any.

    `place` is missing when the announcer does not know it (processing), `hands` when it does not know those (intake).
    A dossier has one fact of a type at an instant.
    """

    type: str
    version: int
    at: datetime
    due_at: datetime | None = None
    place: Belonging | None = None
    hands: Hands | None = None


class Pause(NamedTuple):
    """A wait for the applicant, open while `until` is missing; instants in UTC."""

    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Story:
    """What statistics need to know about one dossier; all instants in UTC."""

    place: Belonging
    hands: Hands
    received_at: datetime
    accepted_at: datetime | None
    due_at: datetime | None
    closed_at: datetime | None
    closing: Closing | None
    returned_at: datetime | None
    pauses: tuple[Pause, ...]
    moves: tuple[Entry, ...]


def _moves(facts: Iterable[Fact], received_at: datetime) -> list[Entry]:
    """Order the moves and leave out those whose predecessor has not arrived yet."""
    found = [Entry(received_at, Move.RECEIVED)]
    for fact in sorted(facts, key=lambda fact: (fact.at, fact.version)):
        move = _MOVES.get(fact.type)
        if move is not None and follows(found[-1].move, move):
            found.append(Entry(max(fact.at, found[-1].at), move))
    return found


def _pauses(moves: Iterable[Entry]) -> tuple[Pause, ...]:
    found: list[Pause] = []
    for entry in moves:
        if entry.move is Move.PAUSED:
            found.append(Pause(entry.at, None))
        elif found and found[-1].until is None:
            found[-1] = Pause(found[-1].since, entry.at)
    return tuple(found)


def _last(facts: Iterable[Fact], *types: str) -> Fact | None:
    """Return the newest fact, of these types when any is named."""
    matching = [fact for fact in facts if not types or fact.type in types]
    return max(matching, key=lambda fact: (fact.version, fact.at), default=None)


def _closing(last: Entry, due_at: datetime | None) -> Closing | None:
    if last.move is Move.WITHDRAWN:
        return Closing.WITHDRAWN
    if last.move is not Move.FINISHED:
        return None
    return Closing(outcome(due_at, last.at)) if due_at is not None else Closing.ON_TIME


def tell(facts: Iterable[Fact]) -> Story:
    """Tell the story of one dossier from its facts; order and repetition of the facts change nothing.

    Received at submission; finished when the result is ready, returned at once, rejected or refused; a refusal
    before acceptance is judged against the check's due time, and handling that waited for a supplement against the
    one that followed it. Raises ValueError without any fact.
    Source: R-STA-19; R-PRC-10; NB Đ.9.2.a; QT Đ.25.10; TN Đ.11.4.c; TN Đ.11.4.g
    """
    known = sorted(
        {(fact.type, fact.at): fact for fact in facts}.values(),
        key=lambda fact: (fact.at, fact.version, fact.type),
    )
    if not known:
        raise ValueError("a story needs at least one fact")
    received = _last(known, RECEIVED)
    accepted = _last(known, ACCEPTED)
    returned = _last(known, RETURNED)
    received_at = received.at if received else known[0].at
    moves = _moves(known, received_at)
    # Once accepted, the handling time counts, anew after a supplement; before that only the check has a due time.
    timed = _last(known, SUPPLEMENTED) or accepted or _last(known, RECEIVED, RESUMED)
    due_at = timed.due_at if timed else None
    closing = _closing(moves[-1], due_at)
    placed = _last(fact for fact in known if fact.place is not None)
    held = _last(fact for fact in known if fact.hands is not None)
    return Story(
        place=(placed and placed.place) or UNKNOWN,
        hands=(held and held.hands) or NOBODYS,
        received_at=received_at,
        accepted_at=accepted.at if accepted else None,
        due_at=due_at,
        closed_at=moves[-1].at if closing else None,
        closing=closing,
        returned_at=returned.at if returned else None,
        pauses=_pauses(moves),
        moves=tuple(moves),
    )
