"""Fill a province with its demonstration data: catalogue, agencies, procedures, accounts."""

import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import catalog.main
import identity.main
from catalog.settings import Settings
from common.database import Database

from suite.run.forks import Report
from suite.run.layout import Plan
from suite.run.processes import StartError
from suite.run.provinces import province, retell

PACK = 1  # raise it when the demonstration pack has something new


class OtherProvinceError(StartError):
    """The data folder holds the demonstration of another province."""


def seed_note(folder: Path) -> Path:
    """Return where a data folder notes that it holds the demonstration."""
    return folder / "seeded.json"


def province_in(folder: Path) -> str:
    """Return the code of the province whose demonstration a data folder holds; empty where none is noted."""
    note = seed_note(folder)
    return str(json.loads(note.read_text()).get("province", "")) if note.exists() else ""


def must_hold(folder: Path, profile: str) -> None:
    """Refuse a data folder that holds another province than the one of `profile`. Raises: OtherProvinceError."""
    held, wanted = province_in(folder), province(profile)["code"]
    if held and held != wanted:
        raise OtherProvinceError(
            f"{folder} holds another province ({held}) than {profile} ({wanted}); give this one a folder of its own:"
            f" MOTCUA_STATE=/srv/{profile} make run PROFILE={profile}"
        )


def is_seeded(plan: Plan) -> bool:
    """Tell whether this data folder holds the present demonstration pack."""
    note = seed_note(plan.folder)
    return note.exists() and int(json.loads(note.read_text())["pack"]) >= PACK


async def seed(plan: Plan, report: Report) -> None:
    """Fill what is still empty; whatever exists already stays as people left it."""
    now, told = datetime.now(UTC), partial(retell, profile=plan.profile)
    database = Database(plan.dsn("catalog"))
    settings = Settings(files_url=plan.files_url, profile=plan.profile)
    report("Catalogue", 0)
    try:
        await catalog.main.import_national(
            database, now, progress=lambda done, total: report("Catalogue", done / max(total, 1))
        )
        report("Procedures", 0)
        await catalog.main.seed_demonstration(database, settings, now, told)
        report("Procedures", 1)
    finally:
        await database.dispose()
    report("Accounts", 0)
    database = Database(plan.dsn("identity"))
    database.ring = identity.main.ring_kept_in(plan.folder / "keys" / "identity")
    try:
        await identity.main.seed(database, identity.main.demo_accounts(told))
    finally:
        await database.dispose()
    report("Accounts", 1)
    seed_note(plan.folder).write_text(json.dumps({"pack": PACK, "province": province(plan.profile)["code"]}))
