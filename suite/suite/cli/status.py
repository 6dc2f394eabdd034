"""`motcua status`: what runs, whether it answers, and what waits in outboxes, inboxes and on the broker."""

import asyncio
import json
import sys
from typing import Annotated, Any

import asyncpg
import typer
from common.carriers.rejected import rejected_count
from rich.console import Console
from rich.table import Table

from suite.run.layout import OWNERS, SERVICES, Plan
from suite.run.processes import answers
from suite.run.running import NotRunningError, running

app = typer.Typer()
WAITING = """SELECT (SELECT count(*) FROM outbox WHERE published_at IS NULL),
    (SELECT count(*) FROM inbox WHERE done_at IS NULL AND dead_at IS NULL),
    (SELECT count(*) FROM inbox WHERE done_at IS NULL AND dead_at IS NULL AND waits_for IS NOT NULL),
    (SELECT extract(epoch FROM now() - min(waits_since))::int FROM inbox
        WHERE done_at IS NULL AND dead_at IS NULL AND waits_for IS NOT NULL),
    (SELECT count(*) FROM inbox WHERE dead_at IS NOT NULL)"""
COLUMNS = ("unpublished", "unhandled", "not_yet", "not_yet_seconds", "dead")


async def _row(plan: Plan, service: str) -> dict[str, Any]:
    row: dict[str, Any] = {"service": service, "ready": answers(f"{plan.watch_url(service)}/health/ready")}
    if service in OWNERS:
        connection = await asyncpg.connect(plan.dsn(service))
        waiting = await connection.fetchrow(WAITING)
        await connection.close()
        row |= dict(zip(COLUMNS, waiting, strict=True))
    return row


async def _broker(amqp_url: str) -> dict[str, Any]:
    """Show the broker like a service: what died there waits in no inbox."""
    dead = await rejected_count(amqp_url)
    return {"service": "broker", "ready": dead is not None} | ({} if dead is None else {"dead": dead})


async def _rows(plan: Plan) -> list[dict[str, Any]]:
    rows = [await _row(plan, service) for service in SERVICES]
    return rows if plan.amqp_url is None else [*rows, await _broker(plan.amqp_url)]


@app.command()
def status(as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False) -> None:
    """Show each service and the broker, and the events that wait or have failed; exit 1 when one is not ready."""
    try:
        plan, pid = running()
    except NotRunningError as problem:
        print(problem, file=sys.stderr)  # noqa: T201
        raise typer.Exit(1) from None
    rows = asyncio.run(_rows(plan))
    if as_json:
        print(json.dumps({"url": plan.public_url, "pid": pid, "profile": plan.profile, "services": rows}))  # noqa: T201
    else:
        table = Table("service", "ready", *(name.replace("_", " ") for name in COLUMNS))
        for row in rows:
            cells = ("–" if row.get(key) is None else str(row[key]) for key in COLUMNS)
            table.add_row(row["service"], "yes" if row["ready"] else "NO", *cells)
        Console().print(f"{plan.public_url}  profile {plan.profile}  supervisor {pid}", table)
    raise typer.Exit(0 if all(row["ready"] for row in rows) else 1)
