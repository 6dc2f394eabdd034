"""The suite that runs on this machine now, as its own note tells."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Final

from suite.run.layout import Plan, load_secrets
from suite.run.note import run_note, written_by_living
from suite.run.places import state_folder

NOBODY: Final = (
    "No suite runs here; start it with: make run"
    " (in containers ask inside one: docker compose exec SERVICE-api motcua …)"
)


class NotRunningError(Exception):
    """No suite runs on this data folder."""


def running() -> tuple[Plan, int]:
    """Return the plan of the running suite and the pid of its supervisor.

    Raises:
        NotRunningError: nothing runs here.
    """
    return running_in(state_folder())


def running_in(folder: Path) -> tuple[Plan, int]:
    """Return the plan of the suite that runs on a data folder, and the pid of its supervisor.

    Raises:
        NotRunningError: nothing runs there.
    """
    note = run_note(folder)
    told = json.loads(note.read_text()) if note.exists() else None
    if told is None or not written_by_living(told):
        raise NotRunningError(NOBODY)
    values = {part.name: told[part.name] for part in fields(Plan)}
    return Plan(**{**values, "folder": folder, "passwords": load_secrets(folder, ())}), int(told["pid"])
