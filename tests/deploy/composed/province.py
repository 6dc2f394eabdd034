"""What a province in containers holds, read from its databases, its object store and its page of mails."""

import io
import json
import subprocess
import tarfile
from dataclasses import dataclass
from typing import Any

from rig.census import Suite

from composed.containers import Containers


@dataclass(frozen=True)
class Province(Suite):
    """The suite of the fault tests' bookkeeping, in containers."""

    running: Any
    """The containers; the bookkeeping asks them for their address only."""

    @property
    def containers(self) -> Containers:
        """Return the containers."""
        found: Containers = self.running
        return found

    def dsn(self, service: str) -> str:
        """Return the address of a service's database; its container is looked up each time, for it may move."""
        secret = (self.containers.folder / "secrets" / "postgres_password").read_text()
        if not (host := self.containers.address("postgres")):
            raise ConnectionError("PostgreSQL has no network")
        return f"postgresql://postgres:{secret}@{host}/{service}"

    @property
    def files_url(self) -> str:
        """Return the address of the object store from outside of the containers' network."""
        told = json.loads((self.containers.folder / "secrets" / "objects.json").read_text())
        key = told["identities"][0]["credentials"][0]
        host = self.containers.address("objects")
        return f"s3+http://{key['accessKey']}:{key['secretKey']}@{host}:8333/motcua"

    def kept_mails(self) -> list[bytes]:
        """Return every mail that the page of mails keeps."""
        told = ["docker", "exec", self.containers.ids("mail")[0], "tar", "-C", "/tmp/mail", "-c", "."]
        done = subprocess.run(told, check=False, capture_output=True)
        assert done.returncode in {0, 1}, done.stderr  # 1: a mail arrived while the others were packed
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            files = (archive.extractfile(one) for one in archive if one.name.endswith(".eml"))
            return [file.read() for file in files if file is not None]
