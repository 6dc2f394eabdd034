"""Qa: its answers about contacts."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from answers.answer import Answer


class AskerContactOut(Answer):
    """Where an asker without an account is reached, and the page the asker follows the question on."""

    email: str | None
    link: str
    number: str


class AskerContactsOut(Answer):
    """The contacts of those questions whose asker is still known."""

    items: tuple[AskerContactOut, ...]
