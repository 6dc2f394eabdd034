"""Which processes turn no more: they run, and answer nobody. Everybody is asked at once, and nobody is waited for."""

import selectors
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, unquote, urlsplit

EVERY = 5.0  # seconds between two times that everybody is asked
SECONDS = 8.0  # in which a living process answers, however busy its machine
MISSES = 3  # unanswered questions in a row, after which it is ended
STARTING = 60.0  # seconds a new process has for its first answer
SOCKET = "unix"  # how an address begins that is a socket of this machine


def console(place: Path) -> str:
    """Return the address of a program's own page on a socket of this machine."""
    return f"{SOCKET}:{quote(str(place))}?/ready"


class Asking(Protocol):
    """Asks processes, and tells later who answered."""

    def ask(self, process: int, url: str) -> None:
        """Begin a question; whoever was asked and has neither answered nor missed it is not asked again."""

    def heard(self) -> Mapping[int, bool]:
        """Return at once who has answered or missed a question since the last time."""

    def forget(self) -> None:
        """Break off every question."""


@dataclass
class _Question:
    process: int
    url: str
    line: socket.socket
    until: float
    sent: bool = False


class Questions:
    """Questions under way, each on a connection that is never waited for.

    A socket of this machine is the console of a program that serves strangers elsewhere: that it refuses somebody is no
    silence, only a question that nobody answers is.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._under_way: dict[int, _Question] = {}
        self._refused: dict[int, bool] = {}

    def ask(self, process: int, url: str) -> None:
        """Begin a question: any answer will do, also a refusal."""
        if process in self._under_way:
            return
        parts = urlsplit(url)
        family = socket.AF_UNIX if parts.scheme == SOCKET else socket.AF_INET
        line = socket.socket(family, socket.SOCK_STREAM)
        line.setblocking(False)
        question = _Question(process, url, line, self._clock() + SECONDS)
        try:
            line.connect(unquote(parts.path) if family == socket.AF_UNIX else (parts.hostname, parts.port))
        except OSError as error:
            waiting = isinstance(error, BlockingIOError)
            if not waiting or family == socket.AF_UNIX:  # there it says that too many wait already
                line.close()
                self._refused[process] = family == socket.AF_UNIX and not waiting
                return
        self._under_way[process] = question

    def heard(self) -> Mapping[int, bool]:
        """Return at once who has answered (True) or missed (False) a question since the last time."""
        found, self._refused = self._refused, {}
        ready = self._ready()
        for question in list(self._under_way.values()):
            if question in ready:
                outcome = self._went_on(question)
            else:
                outcome = False if self._clock() >= question.until else None
            if outcome is not None:
                self._under_way.pop(question.process).line.close()
                found[question.process] = outcome
        return found

    def forget(self) -> None:
        """Break off every question, for example before a fork."""
        for question in self._under_way.values():
            question.line.close()
        self._under_way.clear()

    def _ready(self) -> list[_Question]:
        """Return the questions that can go on."""
        with selectors.DefaultSelector() as looked:
            for question in self._under_way.values():
                wanted = selectors.EVENT_READ if question.sent else selectors.EVENT_WRITE
                looked.register(question.line, wanted, question)
            return [key.data for key, _ in looked.select(0)]

    def _went_on(self, question: _Question) -> bool | None:
        """Put the question or hear the answer; None while nothing is decided."""
        parts = urlsplit(question.url)
        of_socket = parts.scheme == SOCKET
        path = parts.query if of_socket else parts.path or "/"
        try:
            if question.sent:
                return bool(question.line.recv(64)) or of_socket
            question.line.send(f"GET {path} HTTP/1.1\r\nHost: motcua\r\nConnection: close\r\n\r\n".encode())
        except BlockingIOError:
            return None
        except OSError:
            return of_socket
        question.sent = True
        return None


class Liveness:
    """Counts for each process how often in a row it answered nobody; a new process number begins anew."""

    def __init__(self, asking: Asking | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._asking, self._clock = asking or Questions(), clock
        self._misses: dict[int, int] = {}
        self._since: dict[int, float] = {}
        self._next = 0.0

    def hung(self, addresses: Mapping[int, str]) -> list[int]:
        """Ask everybody when it is time (process number, address), and return who is to be ended; wait for nobody."""
        if self._clock() >= self._next:
            for process, url in addresses.items():
                self._since.setdefault(process, self._clock())
                self._asking.ask(process, url)
            self._next = self._clock() + EVERY
        for known in set(self._since) - set(addresses):
            self._since.pop(known)
            self._misses.pop(known, None)
        heard = self._asking.heard()
        return [process for process, well in heard.items() if self._gave_up(process, well=well)]

    def forget(self) -> None:
        """Break off what is being asked; everybody is asked again when it is time."""
        self._asking.forget()

    def _gave_up(self, process: int, *, well: bool) -> bool:
        if process not in self._since:
            return False  # it has ended meanwhile
        if well:
            self._misses[process] = 0
            return False
        if process not in self._misses and self._clock() - self._since[process] < STARTING:
            return False
        self._misses[process] = self._misses.get(process, 0) + 1
        return self._misses[process] >= MISSES
