"""`motcua events`: what was announced, what failed, and how to send it again."""

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, TypeVar

import typer
from common import inbox, outbox
from common.announcing import Stock
from common.announcing import announce as announce_again
from common.carriers import rejected as broker
from common.database import Database
from common.events import Event
from common.relay import announce_commits
from rich.console import Console
from rich.progress import Progress
from rich.table import Column, Table

from suite.deploy.agency_broker import concerns, has_queue
from suite.run.layout import OWNERS, listens, module
from suite.run.reached import Reached, reached
from suite.run.running import NotRunningError

app = typer.Typer(help="List, replay and redrive events", no_args_is_help=True)
T = TypeVar("T")
Service = Annotated[str, typer.Argument(help=f"one of: {', '.join(OWNERS)}")]
Json = Annotated[bool, typer.Option("--json", help="for programs")]
_LIST = """SELECT id::text, type, envelope ->> 'subject' AS subject, created_at::text, published_at::text
    FROM outbox WHERE ($1::text IS NULL OR type = $1) ORDER BY seq DESC LIMIT $2"""


def _reached(service: str) -> Reached:
    if service not in OWNERS:
        raise typer.BadParameter(f"there is no service '{service}'; choose one of: {', '.join(OWNERS)}")
    try:
        return reached(service)
    except NotRunningError as problem:
        raise typer.BadParameter(str(problem)) from None


def _with(service: str, work: Callable[[Database, str | None], Awaitable[T]]) -> T:
    """Run `work` on the database of one service, and on the broker where there is one and it shows us dead letters."""
    place = _reached(service)

    async def run() -> T:
        database = Database(place.dsn)
        database.ring = place.ring
        waking = asyncio.create_task(announce_commits(database))
        try:
            return await work(database, place.amqp_url if place.rules else None)
        finally:
            waking.cancel()
            await database.dispose()

    return asyncio.run(run())


def _print(rows: list[dict[str, Any]], as_json: bool, empty: str) -> None:
    if as_json:
        typer.echo(json.dumps(rows, default=str))
    elif not rows:
        typer.echo(empty)
    else:
        first, *others = rows[0]
        longest = max(len(str(row[first])) for row in rows)
        table = Table(
            Column(first, no_wrap=True, min_width=longest), *others
        )  # an id is copied whole or not at all
        for row in rows:
            table.add_row(*(str(value) if value is not None else "–" for value in row.values()))
        Console().print(table)


def _row(letter: broker.Rejected) -> dict[str, Any]:
    """Show a dead message of the broker like a dead letter of the inbox."""
    told = {"id": letter.id, "type": letter.type, "aggregate_id": None, "attempts": None}
    return told | {"dead_at": letter.dead_at, "error": f"not kept: {letter.reason}, {letter.size} bytes"}


@app.command("list")
def list_(
    service: Service,
    type_: Annotated[
        str | None, typer.Option("--type", help="for example intake.dossier_accepted.v1")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 20,
    as_json: Json = False,
) -> None:
    """List what a service announced, newest first, and when it left."""

    async def work(database: Database, _amqp_url: str | None) -> list[dict[str, Any]]:
        return [dict(row) for row in await (await database.pool()).fetch(_LIST, type_, limit)]

    _print(_with(service, work), as_json, "This service has announced nothing yet.")


@app.command()
def dead(
    service: Service, limit: Annotated[int, typer.Option(min=1, max=1000)] = 100, as_json: Json = False
) -> None:
    """List events that a service could not handle, with the cause; last those that never reached its inbox."""

    async def work(database: Database, amqp_url: str | None) -> list[dict[str, Any]]:
        rows = [vars(letter) for letter in await inbox.dead(database, limit)]
        if amqp_url is not None:
            rows += [_row(letter) for letter in (await broker.rejected(amqp_url, service))[:limit]]
        return rows

    _print(_with(service, work), as_json, "No dead letters.")


@app.command()
def waiting(
    service: Service, limit: Annotated[int, typer.Option(min=1, max=1000)] = 100, as_json: Json = False
) -> None:
    """List what the events of a service wait for because it has not arrived yet, the longest wait first."""

    async def work(database: Database, _amqp_url: str | None) -> list[dict[str, Any]]:
        return [vars(one) for one in await inbox.waiting(database, limit)]

    _print(_with(service, work), as_json, "Nothing waits.")


@app.command()
def redrive(
    service: Service,
    ids: Annotated[list[uuid.UUID] | None, typer.Argument(help="all of them when none is named")] = None,
    type_: Annotated[str | None, typer.Option("--type")] = None,
) -> None:
    """Try dead letters again, after their cause was mended."""

    async def work(database: Database, amqp_url: str | None) -> int:
        count = await inbox.redrive(database, ids, type_)
        return count if amqp_url is None else count + await broker.resend(amqp_url, service, ids, type_)

    typer.echo(f"{_with(service, work)} sent again")


@app.command()
def replay(
    service: Service,
    to: Annotated[str | None, typer.Option(help="only this subscriber")] = None,
    since: Annotated[
        datetime | None, typer.Option(help="from this instant (UTC); default: the last day")
    ] = None,
    type_: Annotated[str | None, typer.Option("--type")] = None,
    subject: Annotated[str | None, typer.Option(help="only this dossier, procedure or agency")] = None,
) -> None:
    """Announce again what a service announced; subscribers drop what they already hold."""
    start = since.replace(tzinfo=UTC) if since else datetime.now(UTC) - timedelta(days=1)

    async def work(database: Database, _amqp_url: str | None) -> int:
        return await outbox.replay(database, since=start, type_=type_, aggregate=subject, to=to)

    typer.echo(f"{_with(service, work)} announced again")


@app.command()
def announce(
    services: Annotated[
        list[str], typer.Argument(help=f"in the order to tell them; of: {', '.join(OWNERS)}")
    ],
    to: Annotated[
        str | None, typer.Option(help="only this subscriber, or an agency's own: processing.H42.15")
    ] = None,
) -> None:
    """Tell the present state of services again: their agencies, procedures, officers or dossiers.

    For a subscriber that begins later than the province did; an agency's own instance is told of its sub-tree.
    Repeating it changes nothing; interrupted, it goes on where it stopped.
    """
    _expect_hearing(to, services[0])
    for service, told in [(one, _stocks(one)) for one in services]:  # all are known before the first is told
        for name, count in _with(service, _announcing(told, to)).items():
            typer.echo(f"{count} {name} announced")


def _expect_hearing(to: str | None, teller: str) -> None:
    """Refuse a subscriber that does not exist: what is sent to a queue that is not there holds up all that follows."""
    subscriber, _, agency = (to or "").partition(".")
    if to is not None and not listens(subscriber):
        raise typer.BadParameter(f"'{subscriber}' listens to nothing")
    if agency and not asyncio.run(has_queue(_reached(teller).amqp_url, subscriber, agency)):
        raise typer.BadParameter(
            f"the broker has no queue for '{to}'; import the agency's rabbitmq.json first"
        )


def _stocks(service: str) -> Sequence[Stock]:
    stocks = getattr(module(service, "main"), "stocks", None) if service in OWNERS else None
    if stocks is None:
        raise typer.BadParameter(f"'{service}' has nothing to announce")
    told: Sequence[Stock] = stocks(_reached(service).profile)
    return told


def _announcing(
    told: Sequence[Stock], to: str | None
) -> Callable[[Database, str | None], Awaitable[dict[str, int]]]:
    subscriber, _, agency = (to or "").partition(".")
    types = listens(subscriber) if subscriber else ()

    def wanted(fact: Event) -> bool:
        near = not agency or concerns(fact.agency, agency)
        return near and (to is None or fact.type in types)

    async def work(database: Database, _amqp_url: str | None) -> dict[str, int]:
        with Progress(console=Console(stderr=True)) as bars:
            tasks = {stock.name: bars.add_task(stock.name, total=None) for stock in told}
            return await announce_again(
                database,
                told,
                to=to,
                wanted=wanted,
                progress=lambda name, count: bars.update(tasks[name], completed=count),
            )

    return work
