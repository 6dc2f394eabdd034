"""Identity: its answers about sessions."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer


class EndedOut(Answer):
    """The sign-ins that ended, and the epoch second after which to ask for the next ones."""

    ended: tuple[str, ...]
    until: float


class WorkOut(Answer):
    """A task, which comes back with its solution."""

    expires_at: datetime
    task: str
