"""Identity: its answers about passwords."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer


class ResetOut(Answer):
    """The same answer whether the name exists or not."""

    expires_at: datetime
    reset_id: str
