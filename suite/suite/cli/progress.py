"""What a command shows: bars that need no thread, because the process forks, and tables that cut nothing."""

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table


def uncut(table: Table) -> Table:
    """Let names go on in the next line where a table is wider than the screen or the pipe."""
    for column in table.columns:
        column.overflow = "fold"
    return table


class Steps:
    """One bar per step, appearing when the step begins."""

    def __init__(self, console: Console) -> None:
        """Draw on `console`."""
        columns = (
            TextColumn("{task.description:<22}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(),
        )
        self._progress = Progress(*columns, console=console, auto_refresh=False)
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> "Steps":
        """Begin drawing."""
        self._progress.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """Leave the finished bars on the screen."""
        self._progress.refresh()
        self._progress.stop()

    def report(self, step: str, share: float) -> None:
        """Say how much of a step is done, from 0 to 1."""
        if step not in self._tasks:
            self._tasks[step] = self._progress.add_task(step, total=1.0)
        self._progress.update(self._tasks[step], completed=share)
        self._progress.refresh()
