"""Read the notice texts that ship with the service: version 1 of every template."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

FILES = ("applicant.yaml", "officers.yaml", "questions.yaml", "system.yaml")


@cache
def seed_templates() -> dict[str, dict[str, Any]]:
    """Return subject, body and sms per kind, each in `vi` and `en`."""
    folder = files("notify") / "templates"
    found: dict[str, dict[str, Any]] = {}
    for name in FILES:
        found |= yaml.safe_load((folder / name).read_text(encoding="utf-8"))
    return found
