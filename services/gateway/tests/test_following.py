"""The running edge follows the file of its settings, also for whoever keeps a connection open."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from gateway.adapters.envoy import Edge
from gateway.domain.bootstrap import Address, render
from gateway.domain.table import Override
from gateway.main import route_table
from suite.testing import captured_logs

OWN = "/api/processing/agencies/H42.15/dossiers"
FOLLOWED_WITHIN = 10.0
Following = tuple[httpx.Client, Path, int]


def row(override: Override) -> str:
    """Write what a province adds to its file."""
    return json.dumps({"gateway_overrides": [{"prefix": override.prefix, "upstream": override.upstream}]})


def asked(client: httpx.Client, headers: dict[str, str]) -> tuple[int, Any]:
    """Return the port of whoever answers, and our end of the connection."""
    answer = client.get(OWN, headers=headers)
    assert answer.status_code in (200, 503), answer.text
    kept = "connection" not in answer.headers
    ours = answer.extensions["network_stream"].get_extra_info("client_addr") if kept else None
    return (answer.json()["upstream"] if answer.status_code == httpx.codes.OK else 0), ours


def led_to(client: httpx.Client, headers: dict[str, str], port: int) -> Any:
    """Ask until `port` answers and return the connection; nobody could wait for the end of a busy one."""
    deadline = time.monotonic() + FOLLOWED_WITHIN
    while time.monotonic() < deadline:
        found, connection = asked(client, headers)
        if found == port:
            return connection
    raise AssertionError(f"the edge still leads to {found}, not to {port}")


def test_a_busy_connection_is_led_to_the_agencys_instance_and_back_and_stays_open(
    following: Following, own_instance: tuple[Override, int], bearer: Callable[..., dict[str, str]]
) -> None:
    client, settings, usual = following
    override, own = own_instance
    headers = bearer()
    found, connection = asked(client, headers)
    assert found == usual
    settings.write_text(row(override))
    assert led_to(client, headers, own) == connection
    settings.unlink()
    assert led_to(client, headers, usual) == connection


def test_a_file_without_sense_changes_nothing_and_is_told_once(
    tmp_path: Path, own_instance: tuple[Override, int]
) -> None:
    override, _ = own_instance
    settings, services = tmp_path / "gateway.json", {"identity": Address("127.0.0.1", 1)}

    def configured() -> dict[str, Any]:
        told = json.loads(settings.read_text())["gateway_overrides"] if settings.exists() else []
        names = {one.service for one in route_table() if one.service}
        places = {**dict.fromkeys(names, services["identity"]), **services}
        return render(
            route_table(), places, services["identity"], overrides=[Override(**one) for one in told]
        )

    edge = Edge(tmp_path / "edge", configured, settings)
    edge.write()
    routes = tmp_path / "edge/routes.json"
    before = routes.read_text()
    edge.follow()
    settings.write_text("{not yet")
    with captured_logs() as logs:
        edge.follow()
        edge.follow()
    assert [entry["log_level"] for entry in logs] == ["error"]
    assert routes.read_text() == before
    settings.write_text(row(override))
    edge.follow()
    assert override.prefix in routes.read_text()
