"""`motcua catalog import`: bring a table of procedures in, with a report of every doubtful value."""

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from catalog.main import import_national
from catalog.usecases.import_catalog import ImportReport
from common.database import Database
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from suite.run.running import NotRunningError, running

app = typer.Typer(help="Import the procedure catalogue", no_args_is_help=True)


@app.callback()
def catalog() -> None:
    """Keep `import` a subcommand of its own."""


async def _import(dsn: str, table: Path | None, keep_good: bool, quiet: bool) -> ImportReport:
    database = Database(dsn)
    try:
        with Progress(console=Console(stderr=True, quiet=quiet)) as bars:
            task = bars.add_task("procedures", total=None)
            return await import_national(
                database,
                datetime.now(UTC),
                table=table,
                keep_good=keep_good,
                progress=lambda done, total: bars.update(task, completed=done, total=total),
            )
    finally:
        await database.dispose()


@app.command("import")
def import_(
    table: Annotated[
        Path | None, typer.Argument(exists=True, dir_okay=False, help="CSV; none: the suite's own")
    ] = None,
    strict: Annotated[bool, typer.Option(help="write nothing when a row is refused")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
) -> None:
    """Import a table; exit 1 when a row was refused. Repeating it changes nothing."""
    try:
        plan, _ = running()
        report = asyncio.run(_import(plan.dsn("catalog"), table, not strict, as_json))
    except (NotRunningError, OSError, UnicodeDecodeError) as problem:
        print(problem, file=sys.stderr)  # noqa: T201
        raise typer.Exit(2) from None
    refused = [remark._asdict() if hasattr(remark, "_asdict") else vars(remark) for remark in report.refused]
    told = {
        "written": report.written,
        "imported": report.imported,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "kept": report.kept,
        "flagged": report.flagged_reasons(),
        "refused": refused,
    }
    if as_json:
        print(json.dumps(told, ensure_ascii=False, default=str))  # noqa: T201
    else:
        _show(told, refused)
    raise typer.Exit(1 if refused else 0)


def _show(told: dict[str, object], refused: list[dict[str, object]]) -> None:
    console = Console()
    for name in ("written", "imported", "updated", "unchanged", "kept", "flagged"):
        console.print(f"{name:<10}", told[name])
    if refused:
        table = Table(*refused[0])
        for row in refused[:200]:
            table.add_row(*map(str, row.values()))
        console.print(table)
