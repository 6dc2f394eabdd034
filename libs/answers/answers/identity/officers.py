"""Identity: its answers about officers."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from answers.answer import Answer


class OfficerOut(Answer):
    """An officer as colleagues see him: no identity number, no telephone."""

    active: bool
    agency: str
    delivered: bool | None = None
    full_name: str
    id: str
    login: str
    must_change_password: bool
    roles: tuple[str, ...]
    scope: str
    unit: str | None
    version: int


class OfficerOutPage(Answer):
    """One page of a list."""

    items: tuple[OfficerOut, ...]
    next: str | None = None
    total: int
