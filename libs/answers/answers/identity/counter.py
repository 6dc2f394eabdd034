"""Identity: its answers about counter."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer


class CounterCodeOut(Answer):
    """A code that is on its way, and the end of where to."""

    code_id: str
    ending: str
    expires_at: datetime


class CounterStatementOut(Answer):
    """What the code confirmed, signed."""

    statement: str
