"""Whether a database is as new as the code, told without the library that migrates (5 MB in every process)."""

import time
from importlib.resources import files

from common.database import Database


def newest_migration(package: str) -> str:
    """Return the number of the last migration a service brings, as its file's name begins with it."""
    folder = files(package) / "migrations" / "versions"
    return max((file.name[:4] for file in folder.iterdir() if file.name[:4].isdigit()), default="")


class Migrated:
    """Says whether a database has every migration the code knows, asking it at most once in `every` seconds.

    A newer database is right too: migrations fit the running version, and come before the code that needs them.
    """

    def __init__(self, database: Database, package: str, *, every: float = 5.0) -> None:
        self._database = database
        self._read = f'select max(version_num) from "{package}_migration"'  # noqa: S608 - a name of ours
        self._newest = newest_migration(package)
        self._every = every
        self._asked_at = float("-inf")
        self._holds = False

    async def __call__(self) -> bool:
        """Compare the two numbers."""
        if time.monotonic() - self._asked_at >= self._every:
            found: str | None = await (await self._database.pool()).fetchval(self._read)
            self._holds, self._asked_at = (found or "") >= self._newest, time.monotonic()
        return self._holds
