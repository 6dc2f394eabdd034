"""Ask clamd whether a file is clean; without one, say honestly that nothing was scanned."""

import asyncio
import re
import socket
from contextlib import suppress

from files.scanning import Scan, Scanner, ScanVerdict

_ANSWER = re.compile(r"stream: (?:(?P<signature>.+) )?(?P<word>OK|FOUND|ERROR)")
_STATES = {"OK": Scan.CLEAN, "FOUND": Scan.INFECTED}
_GAVE_UP = "Heuristics.Limits.Exceeded"  # what clamd "finds" in a file it did not read to the end
_ENOUGH = 4096  # bytes of an answer; it is one line
_AHEAD = 4  # bytes that tell how long the next piece of the stream is


class Clamd:
    """A clamd daemon reached over TCP."""

    def __init__(self, host: str, port: int, timeout: float = 20) -> None:
        self._host, self._port, self._timeout = host, port, timeout

    async def scan(self, data: bytes) -> ScanVerdict:
        """Return clean, infected, not_scanned (clamd refused the file) or pending (clamd is away)."""
        try:
            async with asyncio.timeout(self._timeout):
                answer = await self._ask(data)
        except OSError as error:  # a clamd that is too slow is one of them
            return ScanVerdict(Scan.PENDING, type(error).__name__)
        return _verdict(answer.decode(errors="replace").strip())

    async def _ask(self, data: bytes) -> bytes:
        """Send a file as one stream and return the answer; nothing when clamd went away without one."""
        loop = asyncio.get_running_loop()
        with await self._connected() as line:
            # A file that is too large is answered and cut off at once: what was said is read all the same.
            with suppress(ConnectionError):
                await loop.sock_sendall(line, b"nINSTREAM\n" + len(data).to_bytes(_AHEAD))
                await loop.sock_sendall(line, data)
                await loop.sock_sendall(line, bytes(_AHEAD))
            return await loop.sock_recv(line, _ENOUGH)

    async def _connected(self) -> socket.socket:
        """Return a connection that nothing keeps open once it is closed, not even what was not sent yet."""
        loop, problem = asyncio.get_running_loop(), OSError("no such host")
        for family, kind, protocol, _, address in await loop.getaddrinfo(
            self._host, self._port, type=socket.SOCK_STREAM
        ):
            line = socket.socket(family, kind, protocol)
            line.setblocking(False)
            try:
                await loop.sock_connect(line, address)
                return line
            except BaseException as error:
                line.close()
                if not isinstance(error, OSError):
                    raise
                problem = error
        raise problem


def _verdict(answer: str) -> ScanVerdict:
    """Read clamd's one line; "size limit exceeded" and the like are no proof of being clean."""
    if not answer:
        return ScanVerdict(Scan.PENDING, "no answer")
    said = _ANSWER.fullmatch(answer)
    if said is None:
        return ScanVerdict(Scan.NOT_SCANNED, answer)
    signature = said["signature"] or ""
    gave_up = signature.startswith(_GAVE_UP)
    return ScanVerdict(
        Scan.NOT_SCANNED if gave_up else _STATES.get(said["word"], Scan.NOT_SCANNED), signature
    )


class NoScanner:
    """No antivirus is configured."""

    async def scan(self, data: bytes) -> ScanVerdict:
        """Return not_scanned."""
        return ScanVerdict(Scan.NOT_SCANNED, "")


def scanner_at(host: str | None, port: int) -> Scanner:
    """Return who scans: the clamd at an address, nobody without one."""
    return Clamd(host, port) if host else NoScanner()
