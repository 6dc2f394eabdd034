"""Identity: its answers about holds."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import date, datetime

from answers.answer import Answer


class HoldOut(Answer):
    """A hold, and what the caller may do about it."""

    actions: tuple[str, ...]
    confirmed_at: datetime | None
    confirmed_by: str
    decision_number: str
    ended_at: datetime | None
    ground: str
    id: str
    keeps: bool
    kind: str
    kind_label: str
    proposed_at: datetime
    proposed_by: str
    release_ground: str | None
    release_number: str | None
    release_proposed_by: str
    state: str
    state_label: str
    subject: str
    subject_name: str
    until_on: date


class HoldList(Answer):
    """What waits and what is kept by the day it is looked at again, and behind it what has ended."""

    items: tuple[HoldOut, ...]
