"""Ask every process on the listener it has for those who watch, and read the keeper's note about backups."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import orjson

from registers.domain.standing import PartFacts, facts_of
from registers.ports import BackupFacts

PATIENCE = 3.0
STANDING, DRILL = "standing.json", "drill.json"


@dataclass(frozen=True)
class HttpWatch:
    """The addresses of the processes by name, and the folder of backups, where there is one."""

    watched: Mapping[str, str]
    backups: Path | None = None

    async def look(self, now: datetime) -> Sequence[PartFacts]:
        """Ask all at once."""
        async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as http:
            asked = (_one(http, name, url, now) for name, url in self.watched.items())
            return await asyncio.gather(*asked)

    def backup(self) -> BackupFacts | None:
        """Read what the keeper noted last."""
        standing = _read(self.backups, STANDING)
        if standing is None:
            return None
        drill = _read(self.backups, DRILL) or {}
        outcomes = [check.get("outcome") for check in drill.get("checks", ())]
        return BackupFacts(
            last_at=_instant(standing.get("last_at")),
            shipped_at=_instant(standing.get("shipped_at")),
            drill_at=_instant(drill.get("at")),
            drill_passed=bool(outcomes) and all(one == "PASS" for one in outcomes) if drill else None,
        )


async def _one(http: httpx.AsyncClient, name: str, url: str, now: datetime) -> PartFacts:
    try:
        ready = await http.get(f"{url}/health/ready")
        numbers = await http.get(f"{url}/metrics")
    except httpx.HTTPError:
        return PartFacts(name, ready=False)
    return facts_of(name, numbers.text, ready=ready.status_code == httpx.codes.OK, now=now.timestamp())


def _read(folder: Path | None, name: str) -> dict[str, Any] | None:
    if folder is None or not (folder / name).is_file():
        return None
    told: dict[str, Any] = orjson.loads((folder / name).read_bytes())
    return told


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
