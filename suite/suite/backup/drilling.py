"""The drill: a province is brought back in a place of its own and asked if it is whole. Doubt counts as failure."""

import shutil
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict
from regulation.zone import moment_said

from suite.backup.asking import Check, ask
from suite.backup.files import brought
from suite.backup.installation import Installation, Report
from suite.backup.rebuilding import rebuild
from suite.backup.room import NoRoomError
from suite.backup.standing import KeeperNote, note

QUICK: Final = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
DRILL: Final = "drill.json"


class Drill(BaseModel):
    """What a drill found, and how long it took to bring the province back and to ask it."""

    model_config = ConfigDict(frozen=True)

    at: datetime
    backup: str = ""
    restored_in: timedelta = timedelta()
    took: timedelta = timedelta()
    size: int = 0
    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        """Tell whether every question was answered well; one that could not be asked was not."""
        return bool(self.checks) and all(one.outcome == "PASS" for one in self.checks)


async def drill(place: Installation, report: Report, moment: datetime | None = None) -> Drill:
    """Bring the province back beside the running one, ask it everything, keep the result, and clear up.

    The running province is not touched. A backup that cannot be brought back is a drill that failed, not an error.

    Raises:
        BusyError: a backup or another drill is at work.
    """
    with place.alone():
        return await _drill(place, report, moment)


async def _drill(place: Installation, report: Report, moment: datetime | None) -> Drill:
    began, into = time.monotonic(), place.work / "drill"
    told = Drill(at=datetime.now(UTC), checks=())
    try:
        server, used = await rebuild(place, moment, into, report, QUICK)
        try:
            restored = timedelta(seconds=time.monotonic() - began)
            checks = await ask(place, server, used.ended_at, report, partial(brought, place, used))
        finally:
            server.kill()
        told = told.model_copy(
            update={"backup": used.id, "restored_in": restored, "size": used.size, "checks": checks}
        )
    except NoRoomError as error:  # before the living province is harmed by its own safety net
        asks = "there is room to bring the province back"
        narrow = Check(asks=asks, outcome="COULD-NOT-VERIFY", says=str(error))
        told = told.model_copy(update={"checks": (narrow,)})
    except Exception as error:
        failed = Check(
            asks="the province comes back", outcome="FAIL", says=f"{type(error).__name__}: {error}"
        )
        told = told.model_copy(update={"checks": (failed,)})
    finally:
        shutil.rmtree(into, ignore_errors=True)
    told = told.model_copy(update={"took": timedelta(seconds=time.monotonic() - began)})
    note(place.work, told, DRILL)
    return told


def last_drill(folder: Path) -> Drill | None:
    """Return the result of the last drill on this data folder, if there was one."""
    kept = folder / "backup" / DRILL
    return Drill.model_validate_json(kept.read_text("utf-8")) if kept.exists() else None


def drill_is_due(tried: Drill | None, told: KeeperNote, now: datetime, *, times: int = 1) -> bool:
    """Tell whether so many drills should have been made since the last, or since there is something to try."""
    since = tried.at if tried else told.first_at
    return since is not None and now >= since + times * told.drill_every


def drill_problems(tried: Drill | None, told: KeeperNote, now: datetime) -> list[str]:
    """Return in sentences what an operator has to see to, nothing when all is well."""
    found = []
    if tried is not None and not tried.passed:
        found.append("the last drill did not bring the province back whole")
    if drill_is_due(tried, told, now, times=2):
        found.append(f"the last drill is from {moment_said(tried.at)}" if tried else "no drill was ever made")
    return found
