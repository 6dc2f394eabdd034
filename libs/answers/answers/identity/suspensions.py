"""Identity: its answers about suspensions."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import date, datetime

from answers.answer import Answer


class SuspensionOut(Answer):
    """A suspension, and what the caller may do about it."""

    actions: tuple[str, ...]
    appeal: str
    confirmed_at: datetime | None
    decision_number: str
    full_name: str
    ground: str
    id: str
    proposed_at: datetime
    proposed_by: str
    until_on: date


class SuspensionList(Answer):
    """What waits for a second word and what is in force, the newest first."""

    items: tuple[SuspensionOut, ...]
