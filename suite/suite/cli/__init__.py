"""The `motcua` command: each group of subcommands is loaded only when somebody asks for it."""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from typer._click.core import Command, Context
from typer._click.formatting import HelpFormatter
from typer.core import TyperGroup

GROUPS = {
    "up": "Start the suite with a demonstration province and keep it running",
    "down": "Stop the suite that runs here",
    "status": "Show what runs and how it feels",
    "seed": "Fill a province with its demonstration data",
    "demo": "Play the main job against the running suite, step by step",
    "backup": "Keep copies, check them, try them, and bring a province back",
    "doctor": "Look for what would keep the suite from running here",
    "catalog": "Import the procedure catalogue",
    "topology": "Declare exchanges and queues on RabbitMQ",
    "audit": "Verify the access logs",
    "keys": "Change the key that seals personal data, and see what is under which",
    "user": "Let the owner of a locked account in again",
    "events": "List, replay and redrive events",
    "files": "Check the kept files, and let go of those nobody needs",
    "stats": "Rebuild statistics from events",
    "profile": "Show, compare and check regulation profiles",
    "calendar": "Show and check the working calendar",
    "clock": "Compute and explain due dates",
    "roles": "Write the table of who may do what",
    "new": "Begin a service from a working skeleton",
    "migrations": "Seal migrations and check the seals",
    "contracts": "Write what follows from the services: manifests, import contracts, routes, contracts",
    "secrets": "Make the passwords and keys of an installation in containers",
    "agency": "Lay out an agency's own instance of a service",
    "province": "Bring databases up to date and fill a province, where containers run the services",
    "gateway": "Run the edge: Envoy, configured from the routes of all services",
    "workbench": "Keep mails on a page instead of sending them, where containers run the services",
    "service": "Run one service in this process, as a container does",
    "asvs": "Write which items of the OWASP ASVS a test proves",
    "promises": "Write which promises of reliability a fault test proves",
    "conformance": "Count the requirement rows with a passing test",
}

SERVING = frozenset({"service", "gateway", "workbench"})
"""What runs for months without a terminal."""
COLOURS = ("rich", "pygments")


class Lazily(TyperGroup):
    """A group whose members live in `suite.cli.<name>`; listing them imports none."""

    def list_commands(self, ctx: Context) -> list[str]:
        """Return the names in the order a newcomer needs them."""
        return list(GROUPS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Import and return one member; None for a name nobody knows."""
        if cmd_name not in GROUPS:
            return None
        with plainly(cmd_name in SERVING):
            found: typer.Typer = importlib.import_module(f"suite.cli.{cmd_name}").app
        found._add_completion = False  # the shell is taught once, by the whole command or not at all
        member = typer.main.get_command(found)
        member.name = cmd_name
        return member

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """List the members by what they are for."""
        with formatter.section("Commands"):
            formatter.write_dl(list(GROUPS.items()))


@contextmanager
def plainly(serving: bool) -> Iterator[None]:
    """Load what serves as if nobody could colour text: structlog and httpx would try to, 8 MB in every process."""
    hidden = [name for name in COLOURS if serving and name not in sys.modules]
    # None is how Python is told that a module cannot be had.
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


app = typer.Typer(
    cls=Lazily,
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@app.callback()
def motcua() -> None:
    """Run a Vietnamese province's administrative procedures."""


def main() -> None:
    """Run the command line."""
    app()
