"""How the backups of a province stand: what the keeper noted, in words that need no reading of logs."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError
from regulation.zone import moment_said, moment_said_by_then

LATE: Final = timedelta(minutes=5)
"""Age of what the copies know at which it is said to be too old."""


class KeeperNote(BaseModel):
    """What the keeper noted last; `shipped_at` is the moment up to which everything lies in a copy."""

    model_config = ConfigDict(frozen=True)

    at: datetime
    began: datetime | None = None
    shipped_at: datetime | None = None
    first_at: datetime | None = None
    last: str = ""
    last_at: datetime | None = None
    every: timedelta = timedelta(hours=1)
    drill_every: timedelta = timedelta(days=1)
    trouble: str = ""
    copies: dict[str, str] = {}
    waiting: int = 0

    def problems(self, now: datetime) -> list[str]:
        """Return in sentences what an operator has to see to, nothing when all is well."""
        found = [f"copy {where}: {said}" for where, said in self.copies.items() if said]
        found += [self.trouble] if self.trouble else []
        if now - self.at > LATE:
            found.append(f"the keeper has said nothing since {moment_said(self.at)}")
        if self.shipped_at and now - self.shipped_at > LATE:
            found.append(f"nothing reached a copy since {moment_said(self.shipped_at)}")
        if not self.shipped_at and self.last and self.began and now - self.began > LATE:
            found.append("nothing reached a copy since the keeper began")
        if self.last_at and now - self.last_at > 2 * self.every:
            found.append(f"the last backup is from {moment_said_by_then(self.last_at)}")
        return found


def note(folder: Path, told: BaseModel, name: str = "standing.json") -> None:
    """Write down how things stand, whole or not at all."""
    draft = folder / f"{name}.part"
    draft.write_text(told.model_dump_json(indent=1), encoding="utf-8")
    draft.replace(folder / name)


def note_trouble(folder: Path, said: str, now: datetime) -> None:
    """Write down what keeps the keeper of this data folder from its work, beside what it noted before."""
    before = noted(folder) or KeeperNote(at=now, began=now)
    note(folder / "backup", before.model_copy(update={"at": now, "trouble": said}))


def noted(folder: Path) -> KeeperNote | None:
    """Return what the keeper of this data folder noted last, if any ever ran."""
    place = folder / "backup" / "standing.json"
    try:
        return KeeperNote.model_validate_json(place.read_text("utf-8"))
    except (FileNotFoundError, ValidationError):  # a power cut may leave an empty one
        return None
