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
MOST_VALUES = 50
MOST_ROWS = 200


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
    """Import a table; repeating it changes nothing.

    Exit status: 0 every row is in, 1 some rows were refused, 3 not one row was taken, 2 the table was not read.
    """
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
        "refused_values": [list(row) for row in report.refused_values()],
        "refused": refused,
    }
    if as_json:
        print(json.dumps(told, ensure_ascii=False, default=str))  # noqa: T201
    else:
        _show(told, report, refused)
    raise typer.Exit(3 if refused and report.empty else 1 if refused else 0)


def _show(told: dict[str, object], report: ImportReport, refused: list[dict[str, object]]) -> None:
    console = Console()
    for name in ("written", "imported", "updated", "unchanged", "kept", "flagged"):
        console.print(f"{name:<10}", told[name])
    if not refused:
        return
    values = Table("rows", "value", "reason", title="refused by value")
    for count, value, reason in report.refused_values()[:MOST_VALUES]:
        values.add_row(str(count), value, reason)
    console.print(values)
    table = Table(*refused[0], title="refused rows")
    for row in refused[:MOST_ROWS]:
        table.add_row(*map(str, row.values()))
    console.print(table)
    if len(refused) > MOST_ROWS:
        console.print(f"{len(refused) - MOST_ROWS} further rows; --json shows all")
