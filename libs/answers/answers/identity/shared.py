"""Identity: what several kinds of question are answered with."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer
from answers.identity.parts import AccountOut


class TokenOut(Answer):
    """An access token good for `expires_in` seconds, and what renews it."""

    access_token: str
    account: AccountOut
    change_due: str
    device: str | None = None
    ends_at: datetime
    expires_in: int
    idle_seconds: int
    must_change_password: bool
    owes: str
    refresh_token: str
    session_id: str
    statements_due: bool
    token_type: str = "Bearer"
