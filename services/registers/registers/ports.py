"""What is outside and may be faked: the processes that tell how they stand, and the note of the last backup."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from registers.domain.standing import PartFacts


@dataclass(frozen=True)
class BackupFacts:
    """The last backup, up to when everything lies in a copy, the last drill and whether it passed."""

    last_at: datetime | None
    shipped_at: datetime | None
    drill_at: datetime | None
    drill_passed: bool | None


class Watch(Protocol):
    """Looks at every process once."""

    async def look(self, now: datetime) -> Sequence[PartFacts]:
        """Return how each stands; one that does not answer is not ready."""

    def backup(self) -> BackupFacts | None:
        """Return how backups stand, None where none are told of here."""
