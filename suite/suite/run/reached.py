"""Where a command finds a service: by its environment, as in a container, else in the suite that runs here."""

import os
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from common.sealing import Ring

from suite.run.layout import module
from suite.run.running import running
from suite.run.seals import rings_of

_FOLDERS: Final = ("signing_folder", "key_folder")


class Reached(NamedTuple):
    """One instance of a service: its database, whose it is, the broker and whether we rule it, its keys, the others."""

    dsn: str
    instance: str
    profile: str
    amqp_url: str | None
    rules: bool
    ring: Ring | None
    apart: Mapping[str, datetime] = MappingProxyType({})
    """Agencies with an instance of their own, as far as the setting tells."""


def reached(service: str) -> Reached:
    """Find a service with a database of its own.

    Raises:
        NotRunningError: the environment names no database, and nothing runs here.
    """
    named = {name.upper() for name in os.environ}
    missing = [name for name in _FOLDERS if f"MOTCUA_{service}_{name}".upper() not in named]
    told: Any = module(service, "settings").Settings(**dict.fromkeys(missing, "."))
    apart = getattr(told, "apart", {})
    if told.database_url:
        ring = getattr(told, "ring", None)
        own = told.database_url, told.instance, told.profile, told.amqp_url
        return Reached(*own, rules=False, ring=ring, apart=apart)
    plan, _ = running()
    ring = rings_of(plan).get(service)
    return Reached(plan.dsn(service), "", plan.profile, plan.amqp_url, rules=True, ring=ring, apart=apart)
