"""Run each service in a process of its own, forked from one that has already imported the libraries."""

import asyncio
import contextlib
import ctypes
import gc
import os
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import asyncpg
import structlog
import uvicorn
import uvloop
from common import telemetry
from common.api import create_service_app
from common.api.app import Check
from common.database import Database
from common.settings import ServiceSettings
from fastapi import FastAPI

from suite.run.certificates import Certificates
from suite.run.layout import OWNERS, module
from suite.run.processes import PortTakenError, StartError, die_with_parent
from suite.run.tls import addresses_told, refuse_plain
from suite.run.watched import watched

Role = Literal["api", "worker", "both"]
Report = Callable[[str, float], None]  # a step and how much of it is done, from 0 to 1


@dataclass
class Child:
    """A process we forked, under the name people know it by."""

    name: str
    pid: int

    def alive(self) -> bool:
        """Tell whether the process still runs; reaps it when it has ended."""
        try:
            ended, _ = os.waitpid(self.pid, os.WNOHANG)
        except ChildProcessError:
            return False
        return ended == 0


def fork(
    name: str,
    run: Callable[[], Coroutine[None, None, None]],
    environment: Mapping[str, str],
    log: Path,
    withheld: Iterable[str] = (),
) -> Child:
    """Fork a child that runs `run` in a loop of its own and leaves by itself; it never sees what is `withheld`.

    The caller must be single-threaded: a lock held by another thread would stay locked in the child for ever.
    """
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return Child(name, pid)
    status = 1
    try:
        die_with_parent()
        signal.signal(
            signal.SIGINT, signal.SIG_IGN
        )  # Ctrl-C reaches the group; the supervisor decides the order
        for variable in withheld:
            os.environ.pop(variable, None)
        os.environ.update(environment)
        log.parent.mkdir(parents=True, exist_ok=True)
        sink = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(sink, 1)
        os.dup2(sink, 2)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(run())
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(status)


def in_child(work: Callable[[Report], Coroutine[None, None, None]], report: Report, log: Path) -> None:
    """Do work that needs threads in a child of its own, passing on what it reports.

    Raises:
        StartError: the work failed; its log tells why.
    """
    ours, theirs = os.pipe()

    def tell(step: str, share: float) -> None:
        os.write(theirs, f"{share:.4f} {step}\n".encode())

    child = fork(log.stem, lambda: work(tell), {}, log)
    os.close(theirs)
    with os.fdopen(ours) as lines:
        for line in lines:
            share, _, step = line.strip().partition(" ")
            report(step, float(share))
    _, status = os.waitpid(child.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise StartError(f"{log.stem} failed; see {log}")


async def serve(
    service: str, role: Role, port: int, watch: int, *, host: str = "127.0.0.1", drain: float = 0
) -> None:
    """Run the API, the worker, or both, of one service until SIGTERM; then say so for `drain` seconds, and finish.

    Health and metrics of the process are told on the port `watch` alone, until everything else has ended.

    Raises:
        PortTakenError: something listens there already; nothing was begun.
        PlainAddressError: TLS is wanted, and an address goes without.
    """
    sockets = _listening(host, {"watch": watch} | ({} if role == "worker" else {"port": port}))
    main, settings = module(service, "main"), module(service, "settings").Settings()
    refuse_plain(service, addresses_told(settings))
    telemetry.start(service, settings)
    database = await _database(service, settings)
    stop, ended = asyncio.Event(), asyncio.Event()
    parts: list[Coroutine[None, None, None]] = []
    if role in ("worker", "both") and (worker := main.create_worker(settings, database)) is not None:
        parts.append(worker.run(stop))
    if role in ("api", "both"):
        app = main.create_app(settings, database)
        parts.append(_server(app).serve_until(sockets["port"], stop, app, drain))
    else:
        app = create_service_app(name=service, database=database, verifier=None, routers=())
    _ended_by_signals(stop)
    _give_back()
    told = watched(app, Certificates(service, settings))
    watching = asyncio.create_task(_server(told).serve_until(sockets["watch"], ended))
    try:
        async with asyncio.TaskGroup() as group:
            for part in parts:
                group.create_task(part)
        ended.set()
        await watching
    finally:
        if database is not None:
            await database.dispose()


async def tell(name: str, checks: Sequence[Check], host: str, port: int, over: asyncio.Event) -> None:
    """Tell health and numbers of a process that is no service until it is over. Raises: PortTakenError."""
    sockets = _listening(host, {"watch": port})
    app = create_service_app(name=name, database=None, verifier=None, routers=(), readiness=checks)
    await _server(watched(app)).serve_until(sockets["watch"], over)


def _ended_by_signals(stop: asyncio.Event) -> None:
    for number in (signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)


def _give_back() -> None:
    """Return to the system what importing and building needed for a moment: up to 10 MB of a process."""
    gc.collect()
    with contextlib.suppress(AttributeError):  # glibc alone has it
        ctypes.CDLL(None).malloc_trim(0)


def _listening(host: str, ports: Mapping[str, int]) -> dict[str, socket.socket]:
    """Listen on every port before anything else begins. Raises: PortTakenError."""
    made: dict[str, socket.socket] = {}
    for option, port in ports.items():
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            made[option] = socket.create_server((host, port), family=family)
        except OSError as refused:
            for one in made.values():
                one.close()
            why = os.strerror(refused.errno or 0)
            raise PortTakenError(
                f"{host} port {port} cannot be listened on ({why}); name another with --{option}"
            ) from None
    return made


async def _database(service: str, settings: ServiceSettings) -> Database | None:
    if service not in OWNERS:
        return None
    await let_in(service, found := Database(settings.database_url, pool_size=settings.database_pool))
    return found


async def let_in(service: str, database: Database) -> None:
    """Say in one sentence when PostgreSQL turns a service away: its tasks' own complaints name no setting.

    It goes on all the same, unready: where nobody waits for the migrations, the account is not made yet.
    """
    try:
        connection = await database.connect()
    except (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError) as refused:
        place = f"MOTCUA_{service.upper()}_DATABASE_URL"
        told = (
            f"PostgreSQL turns {service} away: see {place}, its file of secrets, and whether migrate is done"
        )
        structlog.get_logger().error(told, error=type(refused).__name__)
    except (OSError, TimeoutError, asyncpg.PostgresError):
        return
    else:
        await connection.close()


def _server(app: FastAPI) -> "_Server":
    return _Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            http="httptools",
            timeout_graceful_shutdown=10,
        )
    )


class _Server(uvicorn.Server):
    """Uvicorn that leaves signals alone: the process has one handler for all that it runs."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take no signal."""
        yield

    async def serve_until(
        self, listening: socket.socket, stop: asyncio.Event, app: FastAPI | None = None, drain: float = 0
    ) -> None:
        """Answer requests until `stop` is set, let `app` be unready for `drain` seconds more, then finish."""
        ending = asyncio.create_task(self._end(stop, app, drain))
        await self.serve([listening])
        ending.cancel()

    async def _end(self, stop: asyncio.Event, app: FastAPI | None, drain: float) -> None:
        await stop.wait()
        if app is not None:
            app.state.draining = (
                True  # whoever sends traffic here sees it and turns to another instance in time
            )
        await asyncio.sleep(drain)
        self.should_exit = True


def terminate(children: list[Child], seconds: float = 15) -> None:
    """End forked children politely, and by force those that do not leave in time."""
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child.pid, signal.SIGTERM)
    deadline = time.monotonic() + seconds
    left = children
    while left and time.monotonic() < deadline:
        left = [child for child in left if child.alive()]
        time.sleep(0.05)
    for child in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child.pid, signal.SIGKILL)
