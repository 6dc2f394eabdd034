"""Runs beside a province: ships files and log every few seconds, and has backups and drills made when they are due."""

import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import asyncpg
import structlog

from suite.backup.belonging import refuse_others
from suite.backup.catalogue import Backup, Records, position, records
from suite.backup.copies import STORE_ERRORS, NoCopyError
from suite.backup.drilling import drill_is_due, last_drill
from suite.backup.figures import tell
from suite.backup.files import not_to_ship
from suite.backup.installation import Installation
from suite.backup.lineage import hole_behind
from suite.backup.log import Receiver
from suite.backup.sealing import DamagedError
from suite.backup.server import BackupError, Reached, hold_log, log_is_held, received, system_of
from suite.backup.standing import KeeperNote, note, noted
from suite.backup.undoing import sign_taken_over

log = structlog.get_logger()
FOLLOW: Final = 5.0  # seconds between two times that the log is shipped while something is made
RETRY_AFTER: Final = 60.0  # seconds before a backup that failed is tried again
LATER: Final = (
    600.0  # seconds before a copy that could not be made good is tried again, or the log is looked through
)
GAP: Final = "gap"  # the note that a part of the log was lost and no backup was taken since
TROUBLES = (
    BackupError,
    NoCopyError,
    DamagedError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    *STORE_ERRORS,
)


async def beside(keeper: "Keeper", *words: str) -> None:
    """Run a command of `motcua` in a process of its own, and ship what comes until it ends.

    A backup or a drill of a large province takes longer than a province may lose. Trouble with shipping is told and
    ends nothing: whether a backup can do without what did not come is for the backup to say.

    Raises:
        BackupError: it did not go well; the message is the last line of what it said.
    """
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "suite.cli", *words, stdout=DEVNULL, stderr=PIPE
    )
    try:
        ended = asyncio.create_task(program.communicate())
        while not ended.done():
            await asyncio.wait({ended}, timeout=FOLLOW)
            await keeper.ship_on()
        _, said = ended.result()
    finally:
        with suppress(ProcessLookupError):
            program.kill()
    if program.returncode != 0:
        raise BackupError((said.decode(errors="replace").strip().splitlines() or ["it was ended"])[-1])


@dataclass
class Keeper:
    """What one keeper knows between two rounds; `work` has a backup or a drill made while it goes on shipping."""

    place: Installation
    admin: str
    work: "Callable[..., Awaitable[None]]" = beside
    receiver: Receiver = field(init=False)
    known: set[str] | None = None
    told: KeeperNote = field(
        default_factory=lambda: KeeperNote(at=datetime.now(UTC), began=datetime.now(UTC))
    )
    lacks: dict[str, str] = field(default_factory=dict)
    records: Records = field(default_factory=lambda: Records([], frozenset()))
    _are_ours: bool = False
    _looked_through_at: float = 0
    _not_before: float = 0
    _good_not_before: float = 0
    _not_good: frozenset[str] = frozenset()
    _dropped_at: int = 0
    _asked: Reached | None = None

    def __post_init__(self) -> None:
        """Nothing runs yet; a province that was never backed up gets a little time first."""
        self.receiver = Receiver(self.place)
        if before := noted(self.place.folder):  # else one that ends again and again would always be in time
            self.told = self.told.model_copy(update={"shipped_at": before.shipped_at})
        self._read_records()
        if self.gap:  # whoever noted it may have ended before it had begun anew
            self.receiver.begin_anew()
        with suppress(NoCopyError):
            self._look()
        if not self._last():
            self._not_before = time.monotonic() + self.place.settings.first

    @property
    def gap(self) -> bool:
        """Tell whether a part of the log was lost and no backup was taken since; it is noted beside the copies."""
        return (self.place.work / GAP).exists()

    async def round(self) -> None:
        """Ship what is new, have made what is due, and note how it went; trouble is noted, never fatal."""
        trouble = ""
        try:
            trouble = "; ".join(await sign_taken_over(self.place, self.admin))
            if self._last() or time.monotonic() >= self._not_before:
                await self.ship()
                await self._make_good_if_due()
                await self._take_if_due()
                self.note_down()
                await self._drill_if_due()
                await self._sweep_if_due()
        except TROUBLES as error:
            trouble = f"{type(error).__name__}: {error}"
            log.warning("backup", error=trouble)
            self._not_before = time.monotonic() + RETRY_AFTER
        self.note_down(trouble)

    async def ship(self) -> None:
        """Have the server keep its log, receive it, and copy it with the files it names.

        Raises:
            BackupError: the copies are another province's; nothing was changed there.
        """
        self._read_records()
        if not self._are_ours:
            refuse_others(self.place, self.records, await system_of(self.admin))
            self._are_ours = True
        if not await log_is_held(self.admin):  # lost, or another timeline since a restore
            (self.place.work / GAP).touch()  # what lies here does not lead on to what will be received
            self.receiver.begin_anew()
            await hold_log(self.admin)
        reached = await received(self.admin)
        self.receiver.mind(self.admin)
        self.receiver.ship(self._known_files())
        if self._asked is not None and position(reached.received) >= position(self._asked.written):
            self.told = self.told.model_copy(update={"shipped_at": self._asked.at})
        self._asked = reached

    async def ship_on(self) -> None:
        """Ship while something else is being made; trouble is noted and ends nothing."""
        trouble = ""
        try:
            await self.ship()
        except TROUBLES as error:
            trouble = f"{type(error).__name__}: {error}"
            log.warning("not shipped", error=trouble)
        self.note_down(trouble)

    def _known_files(self) -> set[str]:
        """Return the files that need not be shipped, looked up again whenever copies may have dropped some."""
        if self.known is None or self._dropped_at != self.place.dropped_at:
            self._dropped_at = self.place.dropped_at
            self.known = not_to_ship(self.place, self._last())
        return self.known

    def _look(self) -> None:
        """Look what each copy lacks of what others hold."""
        found = self.place.copies.look()
        self.lacks = {name: f"{count} objects that others hold are missing" for name, count in found.items()}

    async def _make_good_if_due(self) -> None:
        """Have copies that missed something given it as soon as they take again; seldom where they refuse it."""
        copies = self.place.copies
        back = frozenset(copies.behind - set(copies.troubles))
        # what kept one that was back from being made good may have been another that was away still
        if not back or (back == self._not_good and time.monotonic() < self._good_not_before):
            return
        said, self._not_good = "", back
        try:
            await self.work(self, "backup", "mirror")
        except BackupError as error:
            self._good_not_before, said = time.monotonic() + LATER, f"; {error}"
            log.warning("a copy is not made good", error=str(error))
        self._look()
        self.lacks = {name: f"{words}{said}" for name, words in self.lacks.items()}

    async def _take_if_due(self) -> None:
        last, now = self._last(), datetime.now(UTC)
        if last is not None and not self.gap:
            self._look_through(last)
        due = last is None or self.gap or now >= last.ended_at + self.place.every
        if due and time.monotonic() >= self._not_before:
            await self.work(self, "backup", "run")
            (self.place.work / GAP).unlink(missing_ok=True)
            self._read_records()
            self._look()

    def _look_through(self, last: Backup) -> None:
        """Look now and then whether the log leads on behind the last backup; whoever lost a part may not have known."""
        if time.monotonic() < self._looked_through_at + LATER and self._looked_through_at:
            return
        self._looked_through_at = time.monotonic()
        if lost := hole_behind(self.place, last):
            log.warning("a part of the log is in no copy", lost=lost)
            (self.place.work / GAP).touch()

    async def _drill_if_due(self) -> None:
        tried = last_drill(self.place.folder)
        if drill_is_due(tried, self.told, datetime.now(UTC)) and time.monotonic() >= self._not_before:
            try:
                await self.work(self, "backup", "drill")
            except BackupError:
                if last_drill(self.place.folder) == tried:  # else it was made, and says itself what it found
                    raise

    async def _sweep_if_due(self) -> None:
        """Let go of files that nobody needs, where the profile lets anything go and copies hold what goes."""
        swept = self.place.work / "swept"
        if self.place.sweep_every is None or not _is_old(swept, self.place.sweep_every):
            return
        swept.touch()
        try:
            await self.work(self, "files", "sweep")
        except BackupError as error:
            log.warning("files are not swept", error=str(error))

    def _last(self) -> Backup | None:
        return self.records.read[-1] if self.records.read else None

    def _read_records(self) -> None:
        self.records = Records([], frozenset())
        with suppress(NoCopyError):
            self.records = records(self.place.copies)

    def note_down(self, trouble: str = "") -> None:
        """Write down how things stand, for people and for those who watch."""
        first, last = next(iter(self.records.read), None), self._last()
        self.told = self.told.model_copy(
            update={
                "at": datetime.now(UTC),
                "first_at": first.ended_at if first else None,
                "last": last.id if last else "",
                "last_at": last.ended_at if last else None,
                "every": self.place.every,
                "drill_every": self.place.drill_every,
                "trouble": trouble or self._untold(),
                "copies": {
                    copy.shown: self.place.copies.troubles.get(copy.shown) or self.lacks.get(copy.shown, "")
                    for copy in self.place.copies.all
                },
                "waiting": self.receiver.waiting(),
            }
        )
        note(self.place.work, self.told)
        tell(self.told, last_drill(self.place.folder), self.place.copies)

    def _untold(self) -> str:
        """Say what is wrong with the copies though every attempt went well."""
        if self.gap:
            return "a part of the log was lost; a new backup is due"
        if unread := sorted(self.records.unread):
            return f"the record of {', '.join(unread)} can be read in no copy: nothing leaves the copies until it can"
        return ""


def _is_old(note: Path, age: timedelta) -> bool:
    """Tell whether a note was last touched so long ago; one that is missing is made, and is new."""
    if not note.exists():
        note.touch()
    return time.time() - note.stat().st_mtime >= age.total_seconds()


async def keep(place: Installation, admin: str) -> None:
    """Keep a province's copies until SIGTERM; what it needs of the machine comes after everybody else's."""
    os.nice(10)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    keeper = Keeper(place, admin)
    stopped = asyncio.create_task(stop.wait())
    try:
        while not stop.is_set():
            turn = asyncio.create_task(keeper.round())
            await asyncio.wait({turn, stopped}, return_when=asyncio.FIRST_COMPLETED)
            if stop.is_set():
                turn.cancel()
            with suppress(asyncio.CancelledError):
                await turn
            await asyncio.wait({stopped}, timeout=place.settings.ship)
    finally:
        keeper.receiver.stop()
