"""Identity: its answers about access_log."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer


class AccessLineOut(Answer):
    """One line: who did what, when, from where, to which end; `outcome` is the status that was answered."""

    actor: str
    address: str
    agency: str
    agent: str
    at: datetime
    deed: str
    deed_label: str
    details: str
    kind: str
    outcome: int
    purpose: str
    roles: str
    route: str
    seq: int
    subject: str
    unit: str


class AccessLinePageOut(Answer):
    """A page of lines, the newest first; `capped` says that `total` stopped counting."""

    capped: bool
    items: tuple[AccessLineOut, ...]
    keys: tuple[str, ...]
    more_meant: bool
    next: str | None = None
    reach: str
    reach_label: str
    total: int
