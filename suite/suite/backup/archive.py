"""Reads an archive of the `tar` program as it flows by, without keeping it."""

import tarfile
from collections.abc import Callable

from suite.backup.sealing import DamagedError, Sink

RECORD = 512
Member = Callable[[tarfile.TarInfo], Sink | None]


class Passing:
    """Takes the bytes of an archive in any pieces, and hands each member's to the sink that `member` chooses."""

    def __init__(self, member: Member) -> None:
        self.count = 0
        self._member, self._head = member, bytearray()
        self._sink: Sink | None = None
        self._left = self._padding = 0

    def write(self, data: bytes) -> int:
        """Take the next bytes. Raises: DamagedError."""
        view = memoryview(data)
        while view:
            if self._left:
                view = self._body(view)
            elif self._padding:
                skipped = min(self._padding, len(view))
                self._padding, view = self._padding - skipped, view[skipped:]
            else:
                view = self._header(view)
        return len(data)

    def _body(self, view: memoryview) -> memoryview:
        part = view[: self._left]
        if self._sink is not None:
            self._sink.write(bytes(part))
        self._left -= len(part)
        return view[len(part) :]

    def _header(self, view: memoryview) -> memoryview:
        wanted = RECORD - len(self._head)
        self._head += view[:wanted]
        if len(self._head) == RECORD:
            self._begin(bytes(self._head))
            self._head.clear()
        return view[wanted:]

    def _begin(self, head: bytes) -> None:
        if not any(head):  # the end is two empty records
            return
        try:
            told = tarfile.TarInfo.frombuf(head, "utf-8", "strict")
        except (tarfile.HeaderError, UnicodeDecodeError) as error:
            raise DamagedError(f"the archive is damaged: {error}") from error
        self.count += 1
        self._sink = self._member(told)
        self._left = told.size if told.isreg() else 0
        self._padding = -self._left % RECORD
