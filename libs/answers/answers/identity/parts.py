"""Identity: the parts that several of its answers have."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from answers.answer import Answer


class AccountOut(Answer):
    """Who signed in, and what the roles allow: the rights of `docs/roles.md`."""

    agency: str | None
    display_name: str
    id: str
    kind: str
    rights: tuple[str, ...]
    roles: tuple[str, ...]
    scope: str
    unit: str | None
