"""Which province is kept here: the one that runs on this machine, or the one whose containers stand beside this one."""

import os
from pathlib import Path
from typing import NamedTuple

from suite.backup.installation import Installation, Settings, installation_at
from suite.deploy.containers import ContainerPlan
from suite.deploy.containers import installation as contained
from suite.deploy.secret_files import VAULT
from suite.run.layout import Plan
from suite.run.places import state_folder
from suite.run.postgres import PostgresServer
from suite.run.provinces import STANDARD
from suite.run.running import running
from suite.run.tls import closed, refuse_plain


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
    """Return the province that runs. Raises: NotRunningError, PlainAddressError."""
    plan = plan_here()
    if isinstance(plan, ContainerPlan):
        return not_in_clear(Here(_at(plan), Settings().server or plan.admin_dsn))
    server = PostgresServer(plan.folder / "postgres", port=plan.postgres_port)
    return not_in_clear(Here(_at(plan), server.dsn() + closed(plan.authority)))


def not_in_clear(here: Here) -> Here:
    """Let nothing of a province go to copies in clear, where TLS is wanted. Raises: PlainAddressError."""
    told = {"MOTCUA_BACKUP_SERVER": here.admin, "MOTCUA_FILES_URL": here.place.files_url}
    told |= {
        f"MOTCUA_BACKUP_COPIES: {number}": one
        for number, one in enumerate(here.place.settings.copies.split(), 1)
    }
    told |= {"MOTCUA_BACKUP_KEYS": here.place.settings.keys, "MOTCUA_AUDIT_HEADS_URL": here.place.heads_url}
    refuse_plain("the keeper of copies", {name: address for name, address in told.items() if address})
    return here


def kept() -> Installation:
    """Return the province that is kept here, running or not."""
    if plan := beside_containers():
        return _at(plan)
    folder = state_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return installation_at(folder, os.environ.get("MOTCUA_FILES_URL", (folder / "files").as_uri()))


def _at(plan: Plan) -> Installation:
    folder = state_folder() if isinstance(plan, ContainerPlan) else plan.folder
    files = os.environ.get("MOTCUA_FILES_URL", plan.files_url)
    return installation_at(folder, files, plan.profile, plan.heads_url)
