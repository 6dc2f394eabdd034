"""Where the services are reached, and the instances that agencies run of their own, as the gateway is told them."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import structlog
from regulation.codes import is_way, way_of

LOOK_EVERY: Final = 1.0
"""Seconds between two looks at the file."""
log = structlog.get_logger()


@dataclass
class Ways:
    """The usual address of each service, and who answers for agencies with an instance of their own.

    One file tells the gateway and us, so that a page and a program are led to the same one. It may change at any time.
    """

    usual: Callable[[str], str]
    file: Path | None = None
    clock: Callable[[], float] = lambda: 0.0
    _rows: tuple[tuple[str, str], ...] = ()
    _read_at: float = field(default=-LOOK_EVERY)
    _written_at: int = -1

    def __call__(self, service: str, path: str = "") -> str:
        """Return the address of who answers: the nearest agency with an instance of its own, or the usual one."""
        self._look()
        fitting = [
            (prefix, upstream)
            for prefix, upstream in self._rows
            if path.startswith(prefix) and path[len(prefix) :][:1] in ("", "/", ".")
        ]
        return f"http://{max(fitting, key=lambda row: len(row[0]))[1]}" if fitting else self.usual(service)

    def apart(self, service: str) -> tuple[str, ...]:
        """Return the agencies that run an instance of their own of a service."""
        self._look()
        root = way_of(service, "")
        return tuple(sorted(prefix.removeprefix(root) for prefix, _ in self._rows if prefix.startswith(root)))

    def _look(self) -> None:
        now = self.clock()
        if self.file is None or now - self._read_at < LOOK_EVERY:
            return
        self._read_at = now
        try:
            written_at = self.file.stat().st_mtime_ns
            if written_at != self._written_at:
                told = json.loads(self.file.read_text("utf-8")).get("gateway_overrides", ())
                rows = tuple((str(row["prefix"]), str(row["upstream"])) for row in told)
                if strange := [prefix for prefix, _ in rows if not is_way(prefix)]:
                    raise ValueError(strange)  # the gateway refuses the same
                self._rows = rows
                self._written_at = written_at
        except FileNotFoundError:
            self._rows, self._written_at = (), -1
        except Exception as wrong:
            log.error("ways unchanged: the file of settings makes no sense", error=type(wrong).__name__)
