"""Identity: its answers about contacts."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from answers.answer import Answer


class ContactOut(Answer):
    """Name, addresses, language and wished channels of one person."""

    account_id: str
    channels: tuple[str, ...]
    display_name: str
    email: str | None
    language: str
    phone: str | None


class ContactsOut(Answer):
    """The contacts of those accounts that exist."""

    items: tuple[ContactOut, ...]
