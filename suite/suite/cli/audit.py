"""`motcua audit`: whether the access logs are what was sealed."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated, Any

import asyncpg
import typer
from audit.heads import Hand, shipped, undone
from audit.reading import AS_HASHED
from audit.verifying import Report, verify
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.table import Table

from suite.cli.progress import uncut
from suite.deploy.containers import installation
from suite.run.layout import OWNERS, Plan
from suite.run.running import NotRunningError, running

app = typer.Typer(help="Verify the access logs", no_args_is_help=True)
Services = Annotated[list[str] | None, typer.Argument(help=f"some of: {', '.join(OWNERS)}; default: all")]
Json = Annotated[bool, typer.Option("--json", help="for programs")]
Secrets = Annotated[
    Path | None, typer.Option("--secrets", help="the folder of secrets, where containers run the services")
]


@app.callback()
def audit() -> None:
    """Verify the access logs."""


@app.command("verify")
def verify_logs(services: Services = None, as_json: Json = False, secrets: Secrets = None) -> None:
    """Read access logs once and name every line changed, removed or put in, and every cut tail; exit 1 at a finding."""
    names = services or list(OWNERS)
    if unknown := sorted(set(names) - set(OWNERS)):
        raise typer.BadParameter(f"there is no service '{unknown[0]}'; choose one of: {', '.join(OWNERS)}")
    try:
        plan: Plan = installation(secrets) if secrets else running()[0]
    except NotRunningError as problem:
        raise typer.BadParameter(str(problem)) from None
    reports = asyncio.run(_verified(plan, names))
    if as_json:
        typer.echo(json.dumps([_told(report) for report in reports]))
    else:
        _show(reports)
    if not all(report.holds for report in reports):
        raise typer.Exit(1)


async def _verified(plan: Plan, names: list[str]) -> list[Report]:
    columns = SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed:,.0f} lines")
    reports: list[Report] = []
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        for name in names:
            task = bar.add_task(name, total=None)
            reports.append(
                await _verify(plan, name, lambda done, task=task: bar.update(task, completed=done))
            )
    return reports


async def _verify(plan: Plan, name: str, progress: Any) -> Report:
    connection = await asyncpg.connect(plan.dsn(name), server_settings=AS_HASHED)
    try:
        key = Hand(name, plan.passwords[f"audit-{name}"]).public_key
        heads = await shipped(plan.heads_url, name)
        told = await undone(plan.heads_url, name)
        return await verify(connection, name, public_key=key, heads=heads, undone=told, progress=progress)
    finally:
        await connection.close()


def _told(report: Report) -> dict[str, Any]:
    findings = [one._asdict() for one in report.findings]
    return {**vars(report), "holds": report.holds, "findings": findings}


def _show(reports: list[Report]) -> None:
    names = ("service", "lines", "seals", "not yet sealed", "heads elsewhere", "verdict")
    table = uncut(Table(*names, box=None))
    for one in reports:
        verdict = "as it was sealed" if one.holds else f"{len(one.findings)} findings"
        numbers = (one.lines, one.seals, one.unsealed, one.heads)
        table.add_row(one.service, *(f"{number:,}" for number in numbers), verdict)
    console = Console()
    console.print(table)
    for report in reports:
        for span in report.restores:
            console.print(
                f"{report.service}: a restore undid {span}; {report.undone} heads of it", soft_wrap=True
            )
        for span in report.gaps:
            console.print(
                f"{report.service}: no head was shipped {span}; did it stand still?", soft_wrap=True
            )
        for finding in report.findings:
            console.print(f"{report.service}: {finding.kind}: {finding.says}", soft_wrap=True)
