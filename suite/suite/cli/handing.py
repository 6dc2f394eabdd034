"""`motcua agency preview|take-over|hand-back|status`: work on its way between two instances of a service."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Annotated, Final, NamedTuple, TypeVar

import typer
from common.clock import utc_now
from common.database import Database
from common.errors import DomainError
from common.relay import announce_commits
from processing.queries.instances import standing
from processing.usecases.begin_hand_over import begin_hand_over
from processing.usecases.hand_over_dossiers import hand_over_dossiers
from qa.queries.handing import standing as lent_standing
from qa.usecases.lend_questions import give_back, lend_questions
from regulation.instances import ALWAYS, PROVINCE, Standing, Turn, settled_by, turns_of
from rich.console import Console
from rich.table import Table

from suite.cli.progress import Steps
from suite.run.reached import Reached, reached
from suite.run.running import NotRunningError

T = TypeVar("T")
Agency = Annotated[str, typer.Argument(metavar="AGENCY", help="code of the agency, for example H42.15")]
Yes = Annotated[bool, typer.Option("--yes", help="do not ask")]
Patience = Annotated[float, typer.Option(min=0, help="seconds to wait until the other side has everything")]
Service = Annotated[str, typer.Option(help="whose work: processing or qa")]
Told = Callable[[int], None]
_LOOK = 0.2


class Order(NamedTuple):
    """Which work of whom goes to which instance, and how many seconds to wait until it has it."""

    service: str
    agency: str
    to: str
    wait: float


def _with(service: str, work: Callable[[Database, Reached], Awaitable[T]]) -> T:
    if service not in WAYS:
        raise typer.BadParameter(f"'{service}' hands nothing over; these do: {', '.join(WAYS)}")
    try:
        place = reached(service)
    except NotRunningError as problem:
        raise typer.BadParameter(str(problem)) from None

    async def run() -> T:
        database = Database(place.dsn)
        database.ring = place.ring
        waking = asyncio.create_task(announce_commits(database))
        try:
            return await work(database, place)
        finally:
            waking.cancel()
            await database.dispose()

    try:
        return asyncio.run(run())
    except DomainError as refused:
        raise typer.BadParameter(refused.message("en")) from None


def _stands(service: str, agency: str) -> Standing:
    return _with(service, lambda database, place: WAYS[service].standing(database, agency, place))


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
        console.print(f"Not with them: the work of {code}, which {_named(holder)} settles.")


def _named(holder: str) -> str:
    return f"the instance of {holder}" if holder else "the province"


def preview(agency: Agency, service: Service = "processing") -> None:
    """Show what a hand-over would move, by state, and what stays and why; nothing is changed."""
    _show(_stands(service, agency), agency)


def status(
    agency: Agency,
    service: Service = "processing",
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
) -> None:
    """Show who settles an agency's work and how far the last hand-over has come."""
    told = _stands(service, agency)
    if as_json:
        typer.echo(json.dumps({**asdict(told), "done": told.done}))
    else:
        _show(told, agency)


def take_over(
    agency: Agency, service: Service = "processing", yes: Yes = False, wait: Patience = 120
) -> None:
    """Give an agency's work to its own instance; run by the province, and repeated if it was interrupted."""
    _give(Order(service, agency, agency, wait), yes)


def hand_back(
    agency: Agency, service: Service = "processing", yes: Yes = False, wait: Patience = 120
) -> None:
    """Give an agency's work back to the province; run by the agency, and repeated if it was interrupted."""
    _give(Order(service, agency, PROVINCE, wait), yes)


def _give(order: Order, yes: bool) -> None:
    if not yes:
        preview(order.agency, order.service)
        typer.confirm(f"Hand all of this over to {_named(order.to)}?", abort=True)
    with Steps(Console(stderr=True)) as steps:
        told = _with(order.service, lambda database, place: _hand_over(database, place, order, steps))
    _show(told, order.agency)
    if not told.done:
        typer.echo(
            "Not everything has arrived yet; nothing is lost. It goes on by itself: motcua agency status."
        )
        raise typer.Exit(3)


async def _hand_over(database: Database, place: Reached, order: Order, steps: Steps) -> Standing:
    """Hand everything over, and wait until the other side has it."""
    way = WAYS[order.service]
    before = await way.standing(database, order.agency, place)
    total = max(sum(before.here.values()), 1)
    steps.report("Handed over", 0)
    await way.give(database, order, place, lambda count: steps.report("Handed over", min(count / total, 1)))
    steps.report("Handed over", 1)
    deadline = time.monotonic() + order.wait
    while True:
        told = await way.standing(database, order.agency, place)
        steps.report("Arrived", told.taken_over / max(sum(told.handed_over.values()), 1))
        if told.done or time.monotonic() > deadline:
            return told
        await asyncio.sleep(_LOOK)


async def _dossiers_standing(database: Database, agency: str, _place: Reached) -> Standing:
    async with database.sessions() as session:
        return await standing(session, agency)


async def _give_dossiers(database: Database, order: Order, place: Reached, told: Told) -> None:
    async with database.sessions.begin() as session:
        await begin_hand_over(session, order.agency, order.to, place.instance, utc_now())
    await hand_over_dossiers(database, place.instance, utc_now(), told)


def _agreed(place: Reached) -> tuple[Turn, ...]:
    """Return the turns an instance of qa goes by: the setting of the province, or that it is an agency's own."""
    own = (Turn(place.instance, ALWAYS, place.instance),) if place.instance else ()
    return own or turns_of(place.apart)


async def _questions_standing(database: Database, agency: str, place: Reached) -> Standing:
    now = ALWAYS if place.instance else utc_now()
    async with database.sessions() as session:
        return await lent_standing(session, agency, place.instance, _agreed(place), now)


async def _give_questions(database: Database, order: Order, place: Reached, told: Told) -> None:
    if order.to == PROVINCE and order.agency == place.instance:
        await give_back(database, place.instance, utc_now(), told)
    elif order.to != PROVINCE == place.instance and settled_by(order.agency, utc_now(), _agreed(place)) == (
        order.to
    ):
        await lend_questions(database, _agreed(place), utc_now(), told)
    else:
        raise typer.BadParameter(f"MOTCUA_QA_APART does not give {order.agency} an instance of its own yet")


class Way(NamedTuple):
    """How a service counts the work of an agency, and hands it over."""

    standing: Callable[[Database, str, Reached], Awaitable[Standing]]
    give: Callable[[Database, Order, Reached, Told], Awaitable[None]]


WAYS: Final = {
    "processing": Way(_dossiers_standing, _give_dossiers),
    "qa": Way(_questions_standing, _give_questions),
}
