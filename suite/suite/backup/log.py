"""The databases' log on its way to the copies, so that every moment between two backups can be brought back."""

import re
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from suite.backup.copies import NoCopyError
from suite.backup.files import SEALED, ship_files
from suite.backup.installation import Installation
from suite.backup.server import SLOT, address
from suite.run.places import postgres_programs
from suite.run.processes import kill, spawn

LOG: Final = "log"
MOST: Final = 2 * 1024**3
"""Bytes that may wait here for a copy; then the server keeps what follows, as much as its own limit allows."""
_WHOLE = re.compile(r"[0-9A-F]{24}|[0-9A-F]{8}\.history")
_BEGUN = re.compile(r"[0-9A-F]{24}\.partial")


@dataclass
class Receiver:
    """Receives the log from the server as it is written, and hands it on."""

    place: Installation
    process: subprocess.Popen[bytes] | None = None
    _seen: tuple[str, bytes] | None = None
    _anew: bool = False

    def waiting(self) -> int:
        """Return how many bytes of whole log files wait for a copy."""
        return sum(path.stat().st_size for path in self.place.spool.iterdir() if _WHOLE.fullmatch(path.name))

    def mind(self, admin: str) -> None:
        """Have the receiving program run, unless too much waits already."""
        if self.waiting() >= (1 if self._anew else MOST):
            self.stop()
        elif self.process is None or self.process.poll() is not None:
            options, environment = address(admin)
            command = [str(postgres_programs() / "pg_receivewal"), *options]
            command += ["-D", str(self.place.spool), "--slot", SLOT, "--status-interval", "1"]
            self.process = spawn(command, log=self.place.work / "receiver.log", environment=environment)
            self._anew = False

    def begin_anew(self) -> None:
        """Forget what was begun: the program goes on behind what lies here, and that may be no way to the server.

        It starts again once every whole file has been shipped, where the server's slot says.
        """
        self.stop()
        for path in self.place.spool.iterdir():
            if _BEGUN.fullmatch(path.name):
                path.unlink()
        self._seen, self._anew = None, True

    def stop(self) -> None:
        """End the receiving program; the server keeps what it would have received."""
        kill(self.process)
        self.process = None

    def ship(self, known: set[str]) -> dict[str, int]:
        """Copy files first and then the log that names them; return the files there are.

        Raises:
            NoCopyError: not one copy took something; it is tried again the next time.
        """
        whole, begun = self._received()
        here = ship_files(self.place, known)
        for path in whole:
            self._put(path.name, path.read_bytes())
            path.unlink()
            self._drop_begun(path.name)
        if begun is not None and begun != self._seen:
            self._put(*begun)
            self._seen = begun
        return here

    def _received(self) -> tuple[list[Path], tuple[str, bytes] | None]:
        """Return whole files of the log, and what the one being written holds at this moment."""
        found = sorted(self.place.spool.iterdir())
        begun = [path for path in found if _BEGUN.fullmatch(path.name)]
        now = None
        for path in begun[-1:]:
            with suppress(FileNotFoundError):  # it became whole meanwhile
                now = (path.name, path.read_bytes())
        return [path for path in found if _WHOLE.fullmatch(path.name)], now

    def _put(self, name: str, data: bytes) -> None:
        kept = f"{LOG}/{name}{SEALED}"
        self.place.copies.put(kept, self.place.locks.sealed(data, kept))

    def _drop_begun(self, name: str) -> None:
        with suppress(NoCopyError):  # what was begun is not looked at beside what is whole
            self.place.copies.each(lambda copy: copy.delete([f"{LOG}/{name}.partial{SEALED}"]))
