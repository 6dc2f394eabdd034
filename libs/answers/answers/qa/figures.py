"""Qa: its answers about figures."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer


class AgencyFiguresOut(Answer):
    """What an agency and those below it were given and did with it; what ended late there is late …"""

    agency: str
    agency_name: str
    came_late: int
    closed: int
    forwarded: int
    in_time: int
    late: int
    late_open: int
    recalled: int
    returned: int


class BalanceOut(Answer):
    """What was received and where it stands; `holds` says that it adds up and that the history says the …"""

    answered: int
    holds: bool
    moved: int
    open: int
    received: int
    refused: int


class FiguresPageOut(Answer):
    """The figures of a time; the total is told to who sees the province."""

    agencies: tuple[AgencyFiguresOut, ...]
    before: datetime
    since: datetime
    total: BalanceOut | None
