"""Where a command finds a service: by its environment, as in a container, else in the suite that runs here."""

from typing import Any, NamedTuple

from suite.run.layout import module
from suite.run.running import running


class Reached(NamedTuple):
    """One instance of a service: its database, whose it is, the broker, and whether we rule over that."""

    dsn: str
    instance: str
    profile: str
    amqp_url: str | None
    rules: bool


def reached(service: str) -> Reached:
    """Find a service with a database of its own.

    Raises:
        NotRunningError: the environment names no database, and nothing runs here.
    """
    told: Any = module(service, "settings").Settings(signing_folder=".", key_folder=".")
    if told.database_url:
        return Reached(told.database_url, told.instance, told.profile, told.amqp_url, rules=False)
    plan, _ = running()
    return Reached(plan.dsn(service), "", plan.profile, plan.amqp_url, rules=True)
