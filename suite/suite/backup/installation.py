"""What is backed up here, where to and how often: the installation as its folder, profile and environment say."""

import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from pydantic_settings import BaseSettings, SettingsConfigDict
from regulation import profiles

from suite.backup.copies import STORE_ERRORS, Copies, Copy, said_by
from suite.backup.sealing import RECIPIENTS, KeyLostError, Locks, locks
from suite.run.layout import HEADS
from suite.run.places import give, unprivileged
from suite.run.provinces import STANDARD

Report = Callable[[str, float], None]
"""Told how far a step has come: its name, and a share from 0 to 1."""
EVERY: Final = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
"""How often, by the regulation's word. Source: TN Đ.7.5; R-OPS-08"""


class BusyError(Exception):
    """A backup or a restore is at work on this installation already."""


class Settings(BaseSettings):
    """What an operator may say in the environment, as `MOTCUA_BACKUP_COPIES` and so on."""

    model_config = SettingsConfigDict(env_prefix="MOTCUA_BACKUP_")

    server: str = ""
    """Address of the database server as its owner, where it is not the one that runs here."""
    copies: str = ""
    """Addresses of the places copies are kept in, with blanks between; by default two folders beside the data."""
    keys: str = ""
    """Address of the place that keeps the sealed keys, apart from the copies."""
    key: Path | None = None
    """File of the key that opens copies here."""
    recipients: str = ""
    """Public keys of those who may open copies too, for example the one whose private half lies in a safe."""
    days: int = 14
    """Days to any moment of which the databases can be brought back."""
    reserve: float = 5
    """Gigabytes that stay free for the living province where copies are tried or brought back."""
    first: float = 120
    """Seconds a new province runs before its first backup."""
    ship: float = 15
    """Seconds between two times that files and log go to the copies."""


@dataclass(frozen=True)
class Installation:
    """One province: its folder, its databases' server, its files, and where its copies are."""

    folder: Path
    files_url: str
    copies: Copies
    keys: Copy
    locks: Locks
    every: timedelta
    settings: Settings
    heads_url: str
    lets_go: bool = True

    @property
    def sweep_every(self) -> timedelta | None:
        """Return how often files that nobody needs are let go, nothing where the profile says that all stays."""
        return EVERY["day"] if self.lets_go else None

    @property
    def drill_every(self) -> timedelta:
        """Return how often copies are tried: as often as they are taken, and at most once a day."""
        return max(self.every, EVERY["day"])

    @property
    def work(self) -> Path:
        """Return the folder in which backups are made and remembered."""
        return self.folder / "backup"

    @property
    def spool(self) -> Path:
        """Return the folder that receives the log as it is written."""
        return self.work / "log"

    def note_dropped(self) -> None:
        """Note that copies may hold less than before, for whoever remembers what they hold."""
        (self.work / "dropped").touch()

    @property
    def dropped_at(self) -> int:
        """Return when copies were last made to hold less, as a number that only grows."""
        note = self.work / "dropped"
        return note.stat().st_mtime_ns if note.exists() else 0

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep others from taking a backup or restoring meanwhile; ends with the process, however it ends.

        Raises:
            BusyError: somebody else is at it.
        """
        with (self.work / "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BusyError("A backup or restore is at work here; wait for it to end") from None
            yield


def _refuse_lost(places: Sequence[Copy], key: Path) -> None:
    """Refuse to make a key where copies were sealed for another one. Raises: KeyLostError."""
    for place in places:
        try:
            held = [RECIPIENTS in place.sizes(""), bool(place.sizes("backups"))]
            told = place.get(RECIPIENTS).decode() if held[0] else ""
        except STORE_ERRORS as error:
            said = f"whether {place.shown} was sealed for one cannot be asked: {said_by(error)}"
            raise KeyLostError(f"There is no key at {key}, and {said}") from error
        if any(held):
            raise KeyLostError(f"There is no key at {key}; put the key of these copies there {told}".rstrip())


def installation_at(
    folder: Path, files_url: str, profile: str = STANDARD, heads_url: str = ""
) -> Installation:
    """Return the installation of a data folder, with its key made and its folders laid out where missing.

    Heads of the access logs are looked for in the folder unless another place is named.

    Raises:
        KeyLostError: copies are there already and their key is not; no other is made.
    """
    told = Settings()
    work = folder / "backup"
    work.mkdir(parents=True, exist_ok=True)
    work.chmod(0o711)
    spool = work / "log"
    if not spool.exists():
        spool.mkdir(mode=0o700)
        give(spool, unprivileged())
    urls = told.copies.split() or [(work / name).as_uri() for name in ("copy-1", "copy-2")]
    keys = Copy(told.keys or (work / "keys").as_uri())
    places = [Copy(url) for url in urls]
    for place in (*places, keys):
        if place.folder and not place.folder.exists() and place.folder.parent.exists():
            place.folder.mkdir(mode=0o700)
    key = told.key or folder / "backup-key" / "key.txt"
    if not key.exists():
        _refuse_lost(places, key)
    regulation = profiles.load(profile)
    return Installation(
        folder=folder,
        files_url=files_url,
        copies=Copies(places),
        keys=keys,
        locks=locks(key, told.recipients.split()),
        every=EVERY[str(regulation.record("backup.scheme")["every"])],
        settings=told,
        heads_url=heads_url or os.environ.get(HEADS, "") or (folder / "audit").as_uri(),
        lets_go=regulation.text("archive.retention") == "by_law",
    )
