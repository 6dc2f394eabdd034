"""`motcua agency`: the folder from which an agency's team runs its own instance, and the way of its dossiers."""

from datetime import datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import httpx
import typer
from regulation.codes.agency import AgencyCode
from regulation.errors import RegulationError
from regulation.zone import HERE

from suite.cli.handing import hand_back, preview, status, take_over
from suite.deploy.agency import AgencyRefusedError, Meeting, lay_agency

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
app = typer.Typer(
    help="Lay out an agency's own instance, and hand dossiers over to it and back", no_args_is_help=True
)
for command in (preview, take_over, hand_back, status):
    app.command()(command)


@app.command("init")
def init(
    code: Annotated[str, typer.Argument(metavar="AGENCY", help="code of the agency, for example H42.15")],
    *,
    services: Annotated[str, typer.Option(help="services to run, with commas between")] = "processing",
    folder: Annotated[Path | None, typer.Option(help="where to write; default: agency-CODE")] = None,
    province: Annotated[str, typer.Option(help="the province's address")] = "http://127.0.0.1:8080",
    broker: Annotated[str, typer.Option(help="its broker; default: amqps on the same host")] = "",
    objects: Annotated[str, typer.Option(help="its object store; default: https, 8333")] = "",
    reached_at: Annotated[str, typer.Option(help="where its gateway reaches this instance")] = "",
    since: Annotated[
        datetime | None,
        typer.Option(help="accepted from then on is ours, province's time; default: from the take-over on"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="write anew; passwords stay")] = False,
) -> None:
    """Write compose file, secrets, what the province takes in, and steps to follow; the broker is told nothing yet."""
    host = urlsplit(province).hostname or ""
    if host in LOOPBACK:
        typer.echo(f"{province} is this machine alone: containers of the agency will not reach it", err=True)
    try:
        found = _known(AgencyCode.parse(code), province)
        meeting = Meeting(
            province=province,
            broker=broker or f"amqps://{host}:5671",
            objects=objects or f"https://{host}:8333",
            reached_at=reached_at or f"{found.lower().replace('.', '-')}.agency.internal",
            since=since and since.replace(tzinfo=HERE),
        )
        place = folder or Path(f"agency-{found}")
        names = [one.strip() for one in services.split(",") if one.strip()]
        for name in lay_agency(place, found, names, meeting, force=force):
            typer.echo(place / name)
    except (AgencyRefusedError, RegulationError) as problem:
        raise typer.BadParameter(str(problem)) from None


def _known(code: AgencyCode, province: str) -> AgencyCode:
    """Return the code as the province's directory writes it. Raises: AgencyRefusedError."""
    address = f"{province.rstrip('/')}/api/catalog/agencies/{code}"
    try:
        answer = httpx.get(address, timeout=10)
    except httpx.HTTPError as error:
        raise AgencyRefusedError(
            f"{province} does not answer ({type(error).__name__}); name it with --province"
        ) from None
    if answer.status_code == httpx.codes.NOT_FOUND:
        raise AgencyRefusedError(f"the directory of {province} knows no agency '{code}'")
    if not answer.is_success:
        raise AgencyRefusedError(f"the directory of {province} answered {answer.status_code}")
    return AgencyCode(answer.json()["code"])
