"""Which province is kept here: the one that runs on this machine, or the one whose containers stand beside this one."""

import os
from pathlib import Path
from typing import NamedTuple

from suite.backup.installation import Installation, Settings, installation
from suite.deploy.containers import ContainerPlan
from suite.deploy.containers import installation as contained
from suite.deploy.secret_files import VAULT
from suite.run.layout import Plan
from suite.run.places import state_folder
from suite.run.postgres import PostgresServer
from suite.run.provinces import STANDARD
from suite.run.running import running


class Here(NamedTuple):
    """A province, and the address of its database server as the owner of everything."""

    place: Installation
    admin: str


def beside_containers() -> ContainerPlan | None:
    """Return the plan of the containers around this one; none where this is no container that keeps copies."""
    folder = Path(os.environ.get("MOTCUA_SECRETS", "/nowhere"))
    if not (folder / VAULT).exists():
        return None
    return contained(folder).of_profile(os.environ.get("MOTCUA_PROFILE", STANDARD))


def plan_here() -> Plan:
    """Return the plan of the suite around this process. Raises: NotRunningError."""
    return beside_containers() or running()[0]


def living() -> Here:
    """Return the province that runs. Raises: NotRunningError."""
    plan = plan_here()
    if isinstance(plan, ContainerPlan):
        return Here(_at(plan), Settings().server or plan.admin_dsn)
    return Here(_at(plan), PostgresServer(plan.folder / "postgres", port=plan.postgres_port).dsn())


def kept() -> Installation:
    """Return the province that is kept here, running or not."""
    if plan := beside_containers():
        return _at(plan)
    folder = state_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return installation(folder, os.environ.get("MOTCUA_FILES_URL", (folder / "files").as_uri()))


def _at(plan: Plan) -> Installation:
    folder = state_folder() if isinstance(plan, ContainerPlan) else plan.folder
    files = os.environ.get("MOTCUA_FILES_URL", plan.files_url)
    return installation(folder, files, plan.profile, plan.heads_url)
