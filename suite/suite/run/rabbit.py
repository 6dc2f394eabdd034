"""A private RabbitMQ from the Debian package, wholly inside one folder and on loopback only."""

import os
import secrets
import shutil
import socket
import ssl
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from suite.run.places import free_port, give, unprivileged
from suite.run.processes import StartError, kill, spawn, stop, wait_until
from suite.run.tls import HERE, Papers

INSTALL_HINT = "RabbitMQ is not installed; run: apt-get install rabbitmq-server"
FOLDERS = ("", "home", "mnesia", "log", "gen", "schema")
QUIET = "+sbwt none +sbwtdcpu none +sbwtdio none"  # idle Erlang schedulers must not spin on a small machine


def program() -> Path | None:
    """Return the broker's start script, or None when the package is absent."""
    return next(
        iter(sorted(Path("/usr/lib/rabbitmq/lib").glob("rabbitmq_server-*/sbin/rabbitmq-server"))), None
    )


@dataclass
class RabbitServer:
    """One broker with its own Erlang port mapper; both are our children."""

    folder: Path
    port: int = field(default_factory=free_port)
    dist_port: int = field(default_factory=free_port)
    epmd_port: int = field(default_factory=free_port)
    password: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    papers: Papers | None = None
    """With these it takes connections by TLS and no others."""
    process: subprocess.Popen[bytes] | None = None
    mapper: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return the AMQP address of the broker's administrator."""
        place = f"motcua:{self.password}@{HERE}:{self.port}/"
        return f"amqps://{place}?cafile={self.papers.authority}" if self.papers else f"amqp://{place}"

    @property
    def node(self) -> str:
        """Return the name brokers of one cluster know it by."""
        return f"motcua{self.port}@localhost"

    def start(self) -> None:
        """Start mapper and broker and return once AMQP answers.

        Raises:
            StartError: the package is absent, or the broker did not come up.
        """
        self.launch()
        self.wait(60)

    def wait(self, seconds: float) -> None:
        """Return once a broker that was launched answers. Raises: StartError."""
        assert self.process is not None, "it was launched"
        wait_until(self._answers, self.process, "RabbitMQ", seconds)

    def launch(self) -> subprocess.Popen[bytes]:
        """Start mapper and broker without waiting for them.

        Raises:
            StartError: the package is absent.
        """
        script = program()
        if script is None or shutil.which("epmd") is None:
            raise StartError(INSTALL_HINT)
        self._prepare()
        environment = self._environment()
        mapper = ["epmd", "-address", "127.0.0.1", "-port", str(self.epmd_port)]
        self.mapper = spawn(mapper, log=self.folder / "epmd.log", environment=environment)
        self.process = spawn([script], log=self.folder / "rabbitmq.log", environment=environment)
        return self.process

    def has_ended(self) -> bool:
        """Tell whether the broker was started and has ended by itself."""
        return self.process is not None and self.process.poll() is not None

    def stop(self) -> None:
        """End the broker, then its port mapper."""
        stop(self.process, seconds=20)
        stop(self.mapper)
        self.process = self.mapper = None

    def control(self, *words: str) -> str:
        """Run a command of the broker's own administration, for example `import_definitions FILE`; return its words.

        Raises:
            subprocess.CalledProcessError: the broker refused it.
        """
        script = program()
        assert script is not None, "a broker that was started has its program"
        command = [str(script.with_name("rabbitmqctl")), *words]
        done = subprocess.run(command, env=self._environment(), check=True, capture_output=True, timeout=60)
        return done.stdout.decode()

    def kill(self) -> None:
        """End broker and mapper as a power cut would."""
        kill(self.process)
        stop(self.mapper)

    def _answers(self) -> bool:
        try:
            with self._reached() as probe:
                probe.settimeout(2)
                probe.sendall(b"AMQP\x00\x00\x09\x01")
                return bool(probe.recv(8))
        except OSError:
            return False

    def _reached(self) -> socket.socket:
        plain = socket.create_connection((HERE, self.port), 0.3)
        if self.papers is None:
            return plain
        plain.settimeout(2)
        return ssl.create_default_context(cafile=self.papers.authority).wrap_socket(
            plain, server_hostname=HERE
        )

    def _listeners(self) -> str:
        if self.papers is None:
            return f"listeners.tcp.local = {HERE}:{self.port}\n"
        return (
            f"listeners.tcp = none\nlisteners.ssl.local = {HERE}:{self.port}\n"
            f"ssl_options.cacertfile = {self.papers.authority}\nssl_options.certfile = {self.papers.certificate}\n"
            f"ssl_options.keyfile = {self.papers.key}\nssl_options.verify = verify_none\n"
            "ssl_options.versions.1 = tlsv1.3\nssl_options.versions.2 = tlsv1.2\n"
        )

    def _prepare(self) -> None:
        owner = unprivileged()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711)
        for name in FOLDERS:
            (self.folder / name).mkdir(exist_ok=True)
            give(self.folder / name, owner)
        (self.folder / "env.conf").write_text("")
        (self.folder / "enabled_plugins").write_text("[].\n")
        (self.folder / "rabbitmq.conf").write_text(
            f"{self._listeners()}log.console = false\nlog.file.level = warning\n"
            "vm_memory_high_watermark.absolute = 1GB\ndisk_free_limit.absolute = 200MB\n"
            f"default_user = motcua\ndefault_pass = {self.password}\n"
        )
        for name in ("env.conf", "enabled_plugins", "rabbitmq.conf"):
            (self.folder / name).chmod(0o600)
            give(self.folder / name, owner)

    def _environment(self) -> dict[str, str]:
        place = self.folder
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(place / "home"),
            "LANG": "C.UTF-8",
            "RABBITMQ_NODENAME": self.node,
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(self.dist_port),
            "ERL_EPMD_PORT": str(self.epmd_port),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_MNESIA_BASE": str(place / "mnesia"),
            "RABBITMQ_LOG_BASE": str(place / "log"),
            "RABBITMQ_CONFIG_FILE": str(place / "rabbitmq.conf"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(place / "advanced.config"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(place / "enabled_plugins"),
            "RABBITMQ_CONF_ENV_FILE": str(place / "env.conf"),
            "RABBITMQ_GENERATED_CONFIG_DIR": str(place / "gen"),
            "RABBITMQ_SCHEMA_DIR": str(place / "schema"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": QUIET,
        }
