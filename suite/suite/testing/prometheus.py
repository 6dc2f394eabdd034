"""A real Prometheus that reads processes of a running suite each second, labelled as where they are deployed."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import httpx
import yaml

from suite.demo.actors import eventually
from suite.run.places import free_port

Target = tuple[str, int]  # which part it is a replica of, and where it tells its numbers


@dataclass
class Prometheus:
    """One server with what it is told to read."""

    folder: Path
    url: str

    def read(self, targets: Mapping[str, Target]) -> None:
        """Read these replicas (name of the pod, part and port) from now on, and no others."""
        groups = [
            {
                "targets": [f"127.0.0.1:{port}"],
                "labels": {"namespace": "motcua", "pod": pod, "job": part},
            }
            for pod, (part, port) in targets.items()
        ]
        draft = self.folder / "targets.part"
        draft.write_text(json.dumps(groups))
        draft.replace(self.folder / "targets.json")

    def ask(self, expression: str) -> list[Any]:
        """Ask one question; one that is not understood is an error, a server that starts knows nothing yet."""
        try:
            answer = httpx.get(f"{self.url}/query", params={"query": expression})
        except httpx.TransportError:
            return []
        if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            return []
        told = answer.json()
        assert told["status"] == "success", (expression, told)
        return list(told["data"]["result"])

    def names(self) -> set[str]:
        """Return the name of every number it has read."""
        return set(httpx.get(f"{self.url}/label/__name__/values").json()["data"])


@contextmanager
def reading(
    folder: Path, targets: Mapping[str, Target], more: Mapping[str, Any] = MappingProxyType({})
) -> Iterator[Prometheus]:
    """Keep a Prometheus in a folder of its own while the block lasts; it has read every target once.

    `more` is what its configuration says besides, rules for example.
    """
    port = free_port()
    config = {
        "global": {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"},
        "scrape_configs": [
            {
                "job_name": "suite",
                "honor_labels": True,
                "file_sd_configs": [{"files": [f"{folder}/targets.json"], "refresh_interval": "1s"}],
            }
        ],
        **more,
    }
    (folder / "prometheus.yml").write_text(yaml.safe_dump(config))
    server = Prometheus(folder, f"http://127.0.0.1:{port}/api/v1")
    server.read(targets)
    program = shutil.which("prometheus")
    assert program is not None, "Prometheus is not installed; run: apt-get install prometheus"
    command = [
        program,
        f"--config.file={folder}/prometheus.yml",
        f"--storage.tsdb.path={folder}/figures",
        f"--web.listen-address=127.0.0.1:{port}",
        "--enable-feature=exemplar-storage",
        "--log.level=error",
    ]
    process = subprocess.Popen(command)
    try:
        eventually(lambda: len(server.ask("up == 1")) == len(targets), "every process to be read", 60)
        yield server
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder / "figures", ignore_errors=True)
