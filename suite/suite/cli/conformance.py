"""`motcua conformance`: count the requirement rows with a passing test and write the coverage page."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from suite.check.conformance import (
    COVERAGE,
    MATRIX,
    NoReportError,
    Verdict,
    count,
    coverage_page,
    read_reports,
    read_rows,
    strangers,
    summary,
)

app = typer.Typer(rich_markup_mode=None)

RUN = Path("build/reports/conformance.xml")
JunitOption = Annotated[
    list[Path] | None, typer.Option("--junit", help="a JUnit file of a test run; may be given several times")
]
RootOption = Annotated[Path, typer.Option("--root", help="the checkout")]


@app.command()
def conformance(junit: JunitOption = None, root: RootOption = Path()) -> None:
    """Print how many rows have a passing test and write docs/regulation/coverage.md.

    Without --junit the tests named after rows are run first. The status is 1 when a row's test failed or a
    test names a row that does not exist.
    """
    rows = read_rows((root / MATRIX).read_text(encoding="utf-8"))
    try:
        cases = read_reports(junit or [_run(root)])
    except NoReportError as problem:
        typer.echo(f"no report: {problem}", err=True)
        raise typer.Exit(2) from problem
    reports = count(rows, cases)
    (root / COVERAGE).write_text(coverage_page(reports), encoding="utf-8")
    unknown = strangers(rows, cases)
    for test in unknown:
        typer.echo(f"names no row of the matrix: {test}", err=True)
    failed = [report.row for report in reports if report.verdict is Verdict.FAILED]
    for row in failed:
        typer.echo(f"failed: {row}", err=True)
    typer.echo(summary(reports))
    raise typer.Exit(1 if unknown or failed else 0)


def _run(root: Path) -> Path:
    """Run the tests named after rows and give the report they leave."""
    report = root / RUN
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", "-k", "test_r_", f"--junitxml={RUN}"]
    subprocess.run(command, cwd=root, check=False)
    return report
