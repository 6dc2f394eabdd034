"""Who acts: a person with an office behind them, or the system itself."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """Somebody whose deed is kept in the dossier's history; `kind` is citizen, officer or system."""

    id: str
    kind: str
    agency: str | None = None
    unit: str | None = None
    is_leader: bool = False


SYSTEM = Actor(id="system", kind="system")
