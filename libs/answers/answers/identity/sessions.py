"""Identity: its answers about sessions."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer


class CaptchaOut(Answer):
    """A question in words; its token comes back with the answer."""

    expires_at: datetime
    question: str
    token: str
