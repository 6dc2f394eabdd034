"""Identity: its answers about registrations."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer


class DeclarationOut(Answer):
    """The text to be confirmed when registering."""

    en: str
    version: str
    vi: str


class RegistrationOut(Answer):
    """Where the code went; `delivered` is false when the mail server did not take the message."""

    delivered: bool = True
    expires_at: datetime
    registration_id: str
    sent_to: str
