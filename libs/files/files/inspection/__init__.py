"""Look into files of strangers in processes that hold nothing else, each with bounded memory and time."""

import os
import queue
import subprocess
import sys
import threading
import weakref
from contextlib import suppress
from typing import IO, Any, Final, cast

import orjson

from files.inspection.wire import ANSWER, INSPECT, RENDITION, TASK
from files.refusals import FileFacts

SECONDS: Final = 15.0
"""How long one file may take; an ordinary scan takes a few hundredths of a second."""
SHOWING: Final = 6.0
"""How long drawing a picture anew may take; one that takes longer is handed out as sent."""
CELLS: Final = 2
COMMAND: Final = (sys.executable, "-m", "files.inspection.cell")
_KEPT: Final = (
    "PATH",
    "LANG",
    "LC_ALL",
    "PYTHONPATH",
    "HOME",
)  # no secret of the service goes to where files are opened


class ContentInspector:
    """Tells kinds by content and opens each file with the parser of its kind, away from the service itself."""

    def __init__(self, seconds: float = SECONDS, command: tuple[str, ...] = COMMAND) -> None:
        self._seconds = seconds
        self._command = command
        self._cells: queue.LifoQueue[_Cell | None] = queue.LifoQueue()
        for _ in range(CELLS):
            self._cells.put(None)

    def inspect(self, data: bytes) -> FileFacts:
        """Return what the content is and what is wrong with it; too complex when looking takes too much."""
        answer = self._ask(INSPECT, data, self._seconds)
        if answer is None:
            return FileFacts(None, complex=True)
        said: dict[str, Any] = orjson.loads(answer)
        lists = {name: tuple(value) for name, value in said.items() if isinstance(value, list)}
        return FileFacts(**said | lists)

    def rendition(self, data: bytes) -> bytes | None:
        """Return the JPEG by which a picture is shown, without what it says of place and time; None for other files."""
        return self._ask(RENDITION, data, min(self._seconds, SHOWING)) or None

    def _ask(self, verb: bytes, data: bytes, seconds: float) -> bytes | None:
        """Have one cell do a task; None when it died of it or had to be ended."""
        cell = self._cells.get()
        try:
            cell = cell or _Cell(self._command)
            answer = cell.ask(verb, data, seconds)
            if answer is None:
                cell.end()
                cell = None
            return answer
        finally:
            self._cells.put(cell)


class _Cell:
    """One process that opens files."""

    def __init__(self, command: tuple[str, ...]) -> None:
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=kept)
        self._tasks = cast(IO[bytes], self._process.stdin)
        self._answers = cast(IO[bytes], self._process.stdout)
        self.end = weakref.finalize(self, _end, self._process)

    def ask(self, verb: bytes, data: bytes, seconds: float) -> bytes | None:
        """Hand over a file and wait for the answer, no longer than so many seconds."""
        watch = threading.Timer(seconds, self._process.kill)
        watch.start()
        try:
            self._tasks.write(TASK.pack(verb, len(data)))
            self._tasks.write(data)
            self._tasks.flush()
            head = self._answers.read(ANSWER.size)
            if len(head) < ANSWER.size:
                return None
            (size,) = ANSWER.unpack(head)
            answer = self._answers.read(size)
            return answer if len(answer) == size else None
        except (BrokenPipeError, ValueError):
            return None
        finally:
            watch.cancel()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and let go of it."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            cast(IO[bytes], pipe).close()
