"""`motcua stats rebuild`: count everything again from the kept facts."""

import asyncio
import sys

import typer
from common.database import Database
from stats.usecases.rebuild import Rebuilt, rebuild

from suite.run.running import NotRunningError, running

app = typer.Typer(help="Rebuild statistics from events", no_args_is_help=True)


@app.callback()
def stats() -> None:
    """Keep `rebuild` a subcommand of its own."""


async def _rebuild(dsn: str) -> Rebuilt:
    database = Database(dsn)
    try:
        async with database.sessions() as session:
            done = await rebuild(session)
            await session.commit()
            return done
    finally:
        await database.dispose()


@app.command("rebuild")
def rebuild_() -> None:
    """Forget every figure and learn all kept facts again in one transaction; exit 1 when a figure changed."""
    try:
        plan, _ = running()
    except NotRunningError as problem:
        print(problem, file=sys.stderr)  # noqa: T201
        raise typer.Exit(1) from None
    done = asyncio.run(_rebuild(plan.dsn("stats")))
    typer.echo(f"facts   {done.fact_count}\nbefore  {done.before}\nafter   {done.after}")
    if done.before != done.after:
        typer.echo("the figures were not what the facts say; they are now", err=True)
        raise typer.Exit(1)
