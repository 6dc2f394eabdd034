"""Start every part of the suite in order, keep it running, and stop exactly what was started."""

import asyncio
import contextlib
import gc
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import psutil
import structlog
from common.topology import apply_topology
from gateway.adapters.envoy import LOOK_EVERY, Edge
from gateway.adapters.envoy import program as envoy_program

from suite.run import workbench
from suite.run.databases import prepare_databases
from suite.run.edge import edge
from suite.run.environment import belongs_to_another, environment
from suite.run.forks import Child, Report, Role, fork, in_child, serve, terminate
from suite.run.layout import OWNERS, SERVICES, Plan, check_state, listens, module, plan
from suite.run.liveness import Liveness, console
from suite.run.note import run_note, written_by_living
from suite.run.places import is_taken, tls_wanted
from suite.run.postgres import PostgresServer
from suite.run.processes import PortTakenError, StartError, answers, spawn, stop, wait_until
from suite.run.rabbit import RabbitServer
from suite.run.seed import is_seeded, must_hold, seed
from suite.run.signing import lay_signing_folders
from suite.run.tls import Papers, authority_of, lay_papers

Beside = Callable[[Plan, str], Coroutine[None, None, None]]
RESTART_AFTER = 0.5  # seconds between the end of a part and its new start
WATCH_EVERY = 0.2
log = structlog.get_logger()


class AlreadyRunningError(StartError):
    """A suite already runs on this data folder."""


class Options(NamedTuple):
    """What runs `beside` the services and needs the database server as its owner."""

    beside: Mapping[str, Beside] = MappingProxyType({})


ALONE = Options()


class Supervisor:
    """All parts of one running suite; the process that holds it must stay single-threaded, because it forks."""

    def __init__(
        self,
        folder: Path,
        port: int,
        profile: str,
        *,
        distributed: bool,
        amqp_url: str | None,
        options: Options = ALONE,
    ) -> None:
        """Remember what is to be started; nothing is touched yet."""
        self.options = options
        self.folder, self.port, self.profile = folder, port, profile
        self.distributed, self.amqp_url = distributed, amqp_url
        self.postgres: PostgresServer | None = None
        self.rabbit: RabbitServer | None = None
        self.envoy: subprocess.Popen[bytes] | None = None
        self.children: dict[str, Child] = {}
        self.starters: dict[str, Callable[[], Child]] = {}
        self.plan: Plan
        self.edge: Edge
        self.redis_url = os.environ.get("MOTCUA_REDIS_URL", "")
        self.drain = float(os.environ.get("MOTCUA_DRAIN", "0"))
        self.rate_scale = float(os.environ.get("MOTCUA_GATEWAY_RATE_SCALE", "1"))
        self.tls = tls_wanted()
        self.stopping = False
        self.liveness = Liveness()
        self.told_at: dict[str, str] = {}  # under which name of the plan a process tells its health

    def check(self) -> None:
        """Refuse to start, before anything is changed, where it could not work.

        Raises:
            PortTakenError, AlreadyRunningError, NewerStateError, OtherProvinceError: one sentence says why.
        """
        note = run_note(self.folder)
        if note.exists() and written_by_living(json.loads(note.read_text())):
            raise AlreadyRunningError(
                f"The suite already runs on {self.folder}; stop it with Ctrl-C there, or: .venv/bin/motcua down"
            )
        if is_taken(self.port):
            raise PortTakenError(
                f"Port {self.port} is taken; choose another, for example: make run PORT=9000"
            )
        check_state(self.folder)
        must_hold(self.folder, self.profile)

    def start(self, report: Report) -> None:
        """Bring everything up in order, telling `report` about each step."""
        self._start_postgres(report)
        if self.distributed and self.amqp_url is None:
            report("RabbitMQ", 0)
            self.rabbit = RabbitServer(self.folder / "rabbitmq", papers=self._papers("rabbitmq"))
            self.rabbit.start()
            self.amqp_url = self.rabbit.url
            report("RabbitMQ", 1)
        self._plan()
        self._prepare(report)
        self._start_children(report)
        self._start_envoy(report)
        self._note()

    def _note(self) -> None:
        """Write down addresses and process numbers, so that whoever reads sees all of it or the old note."""
        servers = {"postgres": self.postgres, "rabbitmq": self.rabbit}
        pids = {name: child.pid for name, child in self.children.items()}
        pids |= {name: server.process.pid for name, server in servers.items() if server and server.process}
        if self.envoy is not None:
            pids["gateway"] = self.envoy.pid
        told = {
            "pid": os.getpid(),
            "began": psutil.Process().create_time(),
            **asdict(self.plan),
            "passwords": {},
            "folder": str(self.folder),
            "pids": pids,
        }
        draft = run_note(self.folder).with_suffix(".part")
        draft.touch(mode=0o600)  # the broker's address holds a password
        draft.write_text(json.dumps(told, indent=1))
        draft.replace(run_note(self.folder))

    def _start_postgres(self, report: Report) -> None:
        report("PostgreSQL", 0)
        self.postgres = PostgresServer(self.folder / "postgres", papers=self._papers("postgres"))
        self.postgres.start()
        report("PostgreSQL", 1)

    def _papers(self, server: str) -> Papers | None:
        return lay_papers(self.folder, self.folder / "tls" / server) if self.tls else None

    def _plan(self) -> None:
        assert self.postgres is not None
        made = plan(self.folder, self.port, self.profile, self.amqp_url, self.redis_url)
        scaled = {"RATE_SCALE": str(self.rate_scale)} if self.rate_scale != 1 else {}
        authority = str(authority_of(self.folder)) if self.tls else ""
        self.plan = replace(made, postgres_port=self.postgres.port, extra=scaled, authority=authority)

    def _prepare(self, report: Report) -> None:
        """Create databases, declare the topology, and fill a new province with its demonstration data."""
        assert self.postgres is not None
        done: list[str] = []

        def migrated(name: str) -> None:
            done.append(name)
            report("Databases", len(done) / len(OWNERS))

        report("Databases", 0)
        asyncio.run(prepare_databases(self.postgres.dsn, self.plan, migrated))
        if self.amqp_url is not None:
            subscribers = {name: listens(name) for name in OWNERS if listens(name)}
            asyncio.run(apply_topology(self.amqp_url, subscribers))
        lay_signing_folders(self.plan)
        if not is_seeded(self.plan):
            in_child(partial(seed, self.plan), report, self.folder / "logs" / "seed.log")

    def _start_children(self, report: Report) -> None:
        for service in SERVICES:
            module(service, "main")  # imported once here, shared by every child
        # What is imported stays: the collector of a child must neither walk it nor write into its shared pages.
        gc.collect()
        gc.freeze()
        self._add(
            "workbench",
            partial(workbench.serve, self.folder / "mail", self.plan.smtp_port, self.plan.mail_page_port),
            {},
        )
        roles: tuple[Role, ...] = ("api", "worker") if self.distributed else ("both",)
        for service in SERVICES:
            for role in roles if service in OWNERS else ("api",):
                name = service if role == "both" else f"{service}-{role}"
                self.told_at[name] = name if role == "worker" else service
                watch = self.plan.watched[self.told_at[name]]
                run = partial(serve, service, role, self.plan.ports[service], watch, drain=self.drain)
                self._add(name, run, environment(self.plan, service), service)
        assert self.postgres is not None
        for name, run_beside in self.options.beside.items():
            self._add(name, partial(run_beside, self.plan, self.postgres.dsn()), {})
        for number, service in enumerate(SERVICES, 1):
            report("Services", (number - 1) / len(SERVICES))
            self._await_service(service)
        report("Services", 1)

    def _add(
        self,
        name: str,
        run: Callable[[], Coroutine[None, None, None]],
        told: dict[str, str],
        service: str = "",
    ) -> None:
        log = self.folder / "logs" / f"{name}.log"
        withheld = [variable for variable in os.environ if belongs_to_another(variable, service)]
        self.starters[name] = partial(fork, name, run, told, log, withheld)
        self.children[name] = self.starters[name]()

    def _await_service(self, service: str) -> None:
        deadline = time.monotonic() + 60
        while not answers(f"{self.plan.watch_url(service)}/health/ready"):
            self.mend()
            if time.monotonic() > deadline:
                raise StartError(f"{service} did not become ready; see {self.folder}/logs/{service}.log")
            time.sleep(0.05)

    def _start_envoy(self, report: Report) -> None:
        report("Gateway", 0)
        self.edge = edge(self.plan, self.folder / "gateway", self.rate_scale)
        self.envoy = self._spawn_envoy(self.edge.write())
        wait_until(lambda: is_taken(self.port), self.envoy, "Envoy", 60)
        report("Gateway", 1)

    def _spawn_envoy(self, place: Path) -> subprocess.Popen[bytes]:
        options = ["--concurrency", "1", "--disable-hot-restart", "-l", "warning"]
        log = self.folder / "logs" / "gateway.log"
        return spawn([envoy_program(), "-c", place, *options], log=log, environment=os.environ, drop=False)

    def mend(self) -> bool:
        """Start again whatever has ended although nobody asked it to, and tell whether anything had.

        Nothing is waited for: a server that ends again at once is found by the next round.
        """
        fallen = [name for name, child in self.children.items() if not child.alive()]
        servers = [server for server in (self.postgres, self.rabbit) if server and server.has_ended()]
        edge_fell = self.envoy is not None and self.envoy.poll() is not None
        if not (fallen or servers or edge_fell):
            return False
        self.liveness.forget()  # whoever is forked must not hold what is being asked
        time.sleep(RESTART_AFTER)
        for server in servers:
            server.kill()  # whatever is left of it would stand in the way of the new one
            server.launch()
        for name in fallen:
            self.children[name] = self.starters[name]()
        if edge_fell:
            self.envoy = self._spawn_envoy(self.edge.write())
        return True

    def end_hung(self) -> None:
        """End every process that runs and answers nobody; `mend` starts it again. Nobody is waited for."""
        addresses = {
            self.children[name].pid: f"{self.plan.watch_url(told_at)}/health/live"
            for name, told_at in self.told_at.items()
        }
        if self.envoy is not None:
            # Its own page, not the public port: there a flood is refused, and refusing is work and no silence.
            addresses[self.envoy.pid] = console(self.edge.console)
        for process in self.liveness.hung(addresses):
            log.error("ended: it answered nobody", process=process, asked=addresses[process])
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def watch(self) -> None:
        """Keep everything running until SIGINT or SIGTERM."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: setattr(self, "stopping", True))
        looked = 0.0
        while not self.stopping:
            if self.mend():
                self._note()
            self.end_hung()
            if time.monotonic() - looked >= LOOK_EVERY:  # it reads the kernel's list of all connections
                self.edge.follow()
                looked = time.monotonic()
            time.sleep(WATCH_EVERY)

    def stop(self) -> None:
        """Stop what was started, outside first, so that nothing accepted is lost."""
        stop(self.envoy)
        terminate(list(self.children.values()))
        if self.rabbit is not None:
            self.rabbit.stop()
        if self.postgres is not None:
            self.postgres.stop()
        with contextlib.suppress(FileNotFoundError):
            run_note(self.folder).unlink()
