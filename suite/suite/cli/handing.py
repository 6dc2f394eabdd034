"""`motcua agency preview|take-over|hand-back|status`: dossiers on their way between two instances of processing."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Annotated, NamedTuple, TypeVar

import typer
from common.clock import utc_now
from common.database import Database
from common.errors import DomainError
from common.relay import announce_commits
from processing.domain.instances import PROVINCE
from processing.queries.instances import Standing, standing
from processing.usecases.begin_hand_over import begin_hand_over
from processing.usecases.hand_over_dossiers import hand_over_dossiers
from rich.console import Console
from rich.table import Table

from suite.cli.progress import Steps
from suite.run.reached import reached
from suite.run.running import NotRunningError

T = TypeVar("T")
Agency = Annotated[str, typer.Argument(metavar="AGENCY", help="code of the agency, for example H42.15")]
Yes = Annotated[bool, typer.Option("--yes", help="do not ask")]
Patience = Annotated[float, typer.Option(min=0, help="seconds to wait until the other side has everything")]
_LOOK = 0.2


class Order(NamedTuple):
    """Whose dossiers go to which instance, and how many seconds to wait until it has them."""

    agency: str
    to: str
    wait: float


def _with(work: Callable[[Database, str], Awaitable[T]]) -> T:
    try:
        place = reached("processing")
    except NotRunningError as problem:
        raise typer.BadParameter(str(problem)) from None

    async def run() -> T:
        database = Database(place.dsn)
        database.ring = place.ring
        waking = asyncio.create_task(announce_commits(database))
        try:
            return await work(database, place.instance)
        finally:
            waking.cancel()
            await database.dispose()

    try:
        return asyncio.run(run())
    except DomainError as refused:
        raise typer.BadParameter(refused.message("en")) from None


async def _standing(database: Database, agency: str) -> Standing:
    async with database.sessions() as session:
        return await standing(session, agency)


def _show(told: Standing, agency: str) -> None:
    """Print the counts by state, and what stays and why."""
    table = Table(
        "state", "here", "handed over", title=f"{agency}: {_named(told.holder)} settles", min_width=50
    )
    for state in sorted({*told.here, *told.handed_over}):
        table.add_row(state, str(told.here.get(state, 0)), str(told.handed_over.get(state, 0)))
    table.add_section()
    table.add_row("all", str(sum(told.here.values())), str(sum(told.handed_over.values())))
    console = Console()
    console.print(table)
    console.print(f"{told.taken_over} of those handed over have arrived.")
    if told.numbered:
        console.print(
            f"{told.numbered} here have a number and no signature yet; they keep it and are signed there."
        )
    for code, holder in told.apart.items():
        console.print(f"Not with them: the dossiers of {code}, which {_named(holder)} settles.")


def _named(holder: str) -> str:
    return f"the instance of {holder}" if holder else "the province"


def preview(agency: Agency) -> None:
    """Show what a hand-over would move, by state, and what stays and why; nothing is changed."""
    _show(_with(lambda database, _: _standing(database, agency)), agency)


def status(
    agency: Agency, as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False
) -> None:
    """Show who settles an agency's dossiers and how far the last hand-over has come."""
    told = _with(lambda database, _: _standing(database, agency))
    if as_json:
        typer.echo(json.dumps({**asdict(told), "done": told.done}))
    else:
        _show(told, agency)


def take_over(agency: Agency, yes: Yes = False, wait: Patience = 120) -> None:
    """Give an agency's dossiers to its own instance; run by the province, and repeated if it was interrupted."""
    _give(agency, agency, yes, wait)


def hand_back(agency: Agency, yes: Yes = False, wait: Patience = 120) -> None:
    """Give an agency's dossiers back to the province; run by the agency, and repeated if it was interrupted."""
    _give(agency, PROVINCE, yes, wait)


def _give(agency: str, to: str, yes: bool, wait: float) -> None:
    if not yes:
        preview(agency)
        typer.confirm(f"Hand all of this over to {_named(to)}?", abort=True)
    with Steps(Console(stderr=True)) as steps:
        told = _with(
            lambda database, instance: _hand_over(database, instance, Order(agency, to, wait), steps)
        )
    _show(told, agency)
    if not told.done:
        typer.echo(
            "Not everything has arrived yet; nothing is lost. It goes on by itself: motcua agency status."
        )
        raise typer.Exit(3)


async def _hand_over(database: Database, instance: str, order: Order, steps: Steps) -> Standing:
    """Begin, hand everything over, and wait until the other side has it."""
    async with database.sessions.begin() as session:
        await begin_hand_over(session, order.agency, order.to, instance, utc_now())
    total = max(sum((await _standing(database, order.agency)).here.values()), 1)
    steps.report("Handed over", 0)
    await hand_over_dossiers(
        database, instance, utc_now(), lambda count: steps.report("Handed over", min(count / total, 1))
    )
    steps.report("Handed over", 1)
    deadline = time.monotonic() + order.wait
    while True:
        told = await _standing(database, order.agency)
        steps.report("Arrived", told.taken_over / max(sum(told.handed_over.values()), 1))
        if told.done or time.monotonic() > deadline:
            return told
        await asyncio.sleep(_LOOK)
