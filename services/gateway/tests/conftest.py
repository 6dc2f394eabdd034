"""A real Envoy in front of one tiny upstream that plays every service and tells what reached it."""

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from common.security import Signer
from gateway.adapters.envoy import program as envoy_program
from gateway.domain.bootstrap import JWKS_PATH, render
from gateway.domain.clusters import Address, Places
from gateway.domain.table import Override, Route
from gateway.main import route_table
from suite.run.places import free_port

SERVICES = tuple(sorted({str(row.service) for row in route_table() if row.service}))
SIGNER = Signer.generate("edge-test")
Running = tuple[subprocess.Popen[bytes], httpx.Client, int]
MakeEdge = Callable[..., httpx.Client]
SLOW_KEYS: dict[int, float] = {}  # port of an identity -> seconds it takes to tell its keys
EDGES: dict[int, int] = {}  # port of an edge -> its process
BROKEN: dict[int, set[str]] = {}  # port of an upstream -> paths it can only answer with 503


class Echo(BaseHTTPRequestHandler):
    """Answers every request with what it received, and serves the keys like identity."""

    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        told: Any = {
            "upstream": self.server.server_address[1],
            "path": self.path,
            "headers": {key.lower(): value for key, value in self.headers.items()},
            "size": len(body),
        }
        if self.path.startswith("/can-bo/dien-bien"):
            self.go_on()
            return
        if self.path == JWKS_PATH:
            time.sleep(SLOW_KEYS.get(self.server.server_address[1], 0))
            told = {"keys": [SIGNER.public_jwk()]}
        written = json.dumps(told).encode()
        self.send_response(503 if self.path in BROKEN.get(self.server.server_address[1], ()) else 200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(written)))
        self.send_header("access-control-allow-origin", "*")
        self.end_headers()
        self.wfile.write(written)

    def go_on(self) -> None:
        """Stream a word every second for as long as somebody listens."""
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        with contextlib.suppress(OSError):
            while True:
                self.wfile.write(b"event: changed\ndata: 1\n\n")
                self.wfile.flush()
                time.sleep(1)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = answer  # noqa: N815 - names of the base class

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def upstream() -> ThreadingHTTPServer:
    """Start one upstream on a port of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture(scope="session")
def make_edge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeEdge]:
    """Give a starter of edges: settings in, HTTP client out."""
    usual = upstream()
    started: list[tuple[subprocess.Popen[bytes], httpx.Client]] = []

    def make(
        *,
        away: Sequence[str] = (),
        identity: int | None = None,
        every: int | None = None,
        replicas: Mapping[str, Places] | None = None,
        table: Sequence[Route] | None = None,
        **settings: Any,
    ) -> httpx.Client:
        port = free_port()
        place = Address("127.0.0.1", every or usual.server_address[1])
        nowhere = Address("127.0.0.1", free_port())
        services = {name: (nowhere if name in away else place,) for name in SERVICES}
        services |= {"identity": (Address("127.0.0.1", identity),)} if identity else {}
        services |= replicas or {}
        bootstrap = render(table or route_table(), services, Address("127.0.0.1", port), **settings)
        file: Path = tmp_path_factory.mktemp("edge") / "envoy.json"
        file.write_text(json.dumps(bootstrap))
        options = ["--concurrency", "1", "--disable-hot-restart", "-l", "error"]
        process = subprocess.Popen([envoy_program(), "-c", file, *options])
        EDGES[port] = process.pid
        client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20)
        started.append((process, client))
        await_keys(client, 503 if "identity" in away else 200)
        return client

    yield make
    for process, client in started:
        client.close()
        process.terminate()
        process.wait(10)
    usual.shutdown()


@pytest.fixture(scope="session")
def edge(make_edge: MakeEdge) -> httpx.Client:
    """Give an edge whose rate limits are out of the way of the other tests."""
    return make_edge(rate_scale=1000)


@pytest.fixture(scope="session")
def resident() -> Callable[[httpx.Client], int]:
    """Give what tells how many bytes of memory the edge behind a client holds."""

    def held(client: httpx.Client) -> int:
        pages = Path(f"/proc/{EDGES[client.base_url.port or 0]}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    return held


@pytest.fixture
def own_instance() -> Iterator[tuple[Override, int]]:
    """Give one agency's own instance of processing, and its port."""
    server = upstream()
    port = server.server_address[1]
    yield Override("/api/processing/agencies/H42.15", f"127.0.0.1:{port}"), port
    server.shutdown()


@pytest.fixture
def following(tmp_path: Path) -> Iterator[tuple[httpx.Client, Path, int]]:
    """Give an edge that runs as in its container, the file of settings it follows, and the port of every service."""
    with running_edge(tmp_path, 0) as (process, client, port):
        yield client, tmp_path / "gateway.json", port
        process.terminate()


@pytest.fixture
def ending(tmp_path: Path) -> Callable[[float], AbstractContextManager[Running]]:
    """Give what starts an edge as in its container, which after SIGTERM goes on for so many seconds."""
    return lambda drain: running_edge(tmp_path, drain)


@contextmanager
def running_edge(folder: Path, drain: float) -> Iterator[Running]:
    """Run an edge by the suite's own command; gives the process, a client, and the port of every service."""
    usual, port = upstream(), free_port()
    told = {
        "MOTCUA_GATEWAY_FILE": str(folder / "gateway.json"),
        "MOTCUA_GATEWAY_PORT": str(port),
        "MOTCUA_GATEWAY_RATE_SCALE": "1000",
        "MOTCUA_SERVICES": json.dumps(dict.fromkeys(SERVICES, f"127.0.0.1:{usual.server_address[1]}")),
    }
    options = ["gateway", "run", "--folder", str(folder / "edge"), "--drain", str(drain)]
    process = subprocess.Popen([sys.executable, "-m", "suite.cli", *options], env={**os.environ, **told})
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as client:
            await_keys(client)
            yield process, client, usual.server_address[1]
    finally:
        process.terminate()
        process.wait(40)
        usual.shutdown()


@pytest.fixture
def own_identity() -> Iterator[tuple[int, Callable[[], None]]]:
    """Give the port of an identity of its own that takes its time, and what takes its database away."""
    server = upstream()
    port = server.server_address[1]
    SLOW_KEYS[port] = 0.4
    yield port, lambda: BROKEN.update({port: {JWKS_PATH}})
    server.shutdown()


def await_keys(client: httpx.Client, status: int = 200) -> None:
    """Wait until the edge answers a token: 200 once it has fetched the keys, 503 where there are none to fetch."""
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        try:
            if client.get("/api/notify/messages", headers=bearer()).status_code == status:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise AssertionError("the edge did not come up")


def bearer(signer: Signer = SIGNER, **changed: Any) -> dict[str, str]:
    """Give the header of a good token, or of one with changed claims."""
    claims = {"sub": "u-1", "kind": "citizen", "roles": ["citizen"], **changed}
    return {"Authorization": f"Bearer {signer.sign(claims, timedelta(minutes=15))}"}


@pytest.fixture(scope="session", name="bearer")
def bearer_maker() -> Callable[..., dict[str, str]]:
    """Give the maker of authorization headers."""
    return bearer


@pytest.fixture(scope="session")
def signer() -> Signer:
    """Give the key whose public half the edge knows."""
    return SIGNER
