"""`motcua doctor`: look for what would keep the suite from running here, or from running safely."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from typing import Annotated, NamedTuple

import typer
from gateway.adapters.envoy import program as envoy_program
from rich.console import Console
from rich.table import Table

from suite.run import rabbit
from suite.run.layout import NewerStateError, check_state
from suite.run.places import is_taken, postgres_programs, state_folder, unprivileged
from suite.run.seed import seed_note
from suite.run.signing import authority_key

app = typer.Typer()
LEAST_FREE = 2 * 1024**3


class Finding(NamedTuple):
    """One thing that was looked at; `fatal` findings keep the suite from starting."""

    subject: str
    good: bool
    fatal: bool
    says: str


def _programs() -> Finding:
    missing = [str(path) for path in (postgres_programs() / "postgres", envoy_program()) if not path.exists()]
    return Finding(
        "programs", not missing, True, f"missing: {missing}" if missing else "PostgreSQL and Envoy are there"
    )


def _disk() -> Finding:
    folder = state_folder()
    near = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(near).free
    return Finding(
        "disk", free >= LEAST_FREE, True, f"{free // 1024**2} MiB free at {near}; 2 GiB are needed"
    )


def _state() -> Finding:
    folder = state_folder()
    if not folder.exists():
        return Finding("data", True, True, f"none yet; it will live in {folder}")
    try:
        check_state(folder)
    except NewerStateError as problem:
        return Finding("data", False, True, str(problem))
    return Finding("data", True, True, str(folder))


def _broker() -> Finding:
    there = rabbit.program() is not None
    return Finding("RabbitMQ", there, False, "for --distributed" if there else rabbit.INSTALL_HINT)


def _port() -> Finding:
    taken = is_taken(8080)
    return Finding("port 8080", not taken, False, "taken; choose another with PORT=" if taken else "free")


def _account() -> Finding:
    drops = unprivileged() is not None
    says = "root: servers run as nobody" if drops else f"ordinary user {os.geteuid()}"
    return Finding("account", True, False, says)


def _demonstration() -> Finding:
    present = authority_key(state_folder()).exists() or seed_note(state_folder()).exists()
    says = (
        "demonstration accounts and signing authority are present: not for real dossiers"
        if present
        else "none"
    )
    return Finding("demonstration", not present, False, says)


CHECKS: tuple[Callable[[], Finding], ...] = (
    _programs,
    _disk,
    _state,
    _broker,
    _port,
    _account,
    _demonstration,
)


@app.command()
def doctor(as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False) -> None:
    """Check programs, disk, data, broker, port and account; exit 1 when the suite could not start."""
    findings = [check() for check in CHECKS]
    if as_json:
        print(json.dumps([finding._asdict() for finding in findings]))  # noqa: T201
    else:
        table = Table("", "what", "finding")
        for finding in findings:
            mark = "ok" if finding.good else ("STOP" if finding.fatal else "note")
            table.add_row(mark, finding.subject, finding.says)
        Console(file=sys.stdout).print(table)
    raise typer.Exit(1 if any(finding.fatal and not finding.good for finding in findings) else 0)
