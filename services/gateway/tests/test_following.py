"""The running edge follows the file of its settings, also for whoever keeps a connection open."""

import json
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from gateway.adapters.envoy import Edge
from gateway.domain.bootstrap import render
from gateway.domain.clusters import Address
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
    settings, here = tmp_path / "gateway.json", Address("127.0.0.1", 1)

    def configured() -> dict[str, Any]:
        told = json.loads(settings.read_text())["gateway_overrides"] if settings.exists() else []
        names = {one.service for one in route_table() if one.service}
        places = {**dict.fromkeys(names, (here,)), "identity": (here,)}
        return render(route_table(), places, here, overrides=[Override(**one) for one in told])

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


@pytest.mark.parametrize(("drain", "outcome"), [(0.3, b"HTTP/1.1 200"), (0, b"")])
def test_an_upload_under_way_ends_before_the_edge_does_unless_it_is_to_end_at_once(
    ending, bearer, drain, outcome
) -> None:
    with ending(drain) as (process, client, _):
        with socket.create_connection((client.base_url.host, client.base_url.port), 20) as line:
            head = {"Host": "edge", "Content-Length": "10", "Content-Type": "application/json", **bearer()}
            told = "".join(f"{name}: {value}\r\n" for name, value in head.items())
            line.sendall(f"POST {OWN} HTTP/1.1\r\n{told}\r\n".encode() + b'{"a":')
            time.sleep(0.3)  # the edge has read the head
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(1.5)
            with suppress(OSError):
                line.sendall(b'"b"} ')
            assert answered(line).startswith(outcome)
        assert process.wait(10) == 0


def test_an_edge_that_ends_asks_each_connection_to_end_with_its_request(
    ending: Callable[[float], Any], bearer: Callable[[], dict[str, str]]
) -> None:
    with ending(3) as (process, client, _):
        assert "connection" not in client.get(OWN, headers=bearer()).headers
        process.terminate()
        time.sleep(0.5)
        assert [client.get(OWN, headers=bearer()).headers.get("connection") for _ in range(5)] == [
            "close"
        ] * 5
        assert process.wait(30) == 0


def answered(line: socket.socket) -> bytes:
    """Return the first bytes of an answer, none where the connection was cut."""
    with suppress(ConnectionError):
        return line.recv(64)
    return b""
