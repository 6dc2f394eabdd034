"""The suite that runs on this machine now, as its own note tells."""

import json
from dataclasses import fields

from suite.run.layout import Plan, load_secrets
from suite.run.note import run_note, written_by_living
from suite.run.places import state_folder


class NotRunningError(Exception):
    """No suite runs on this data folder."""


def running() -> tuple[Plan, int]:
    """Return the plan of the running suite and the pid of its supervisor.

    Raises:
        NotRunningError: nothing runs here.
    """
    folder = state_folder()
    note = run_note(folder)
    told = json.loads(note.read_text()) if note.exists() else None
    if told is None or not written_by_living(told):
        raise NotRunningError("No suite runs here; start it with: make run")
    values = {part.name: told[part.name] for part in fields(Plan)}
    return Plan(**{**values, "folder": folder, "passwords": load_secrets(folder, ())}), int(told["pid"])
