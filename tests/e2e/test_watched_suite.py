"""A real Prometheus reads a running suite, and every picture of the dashboards has something to show."""

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from suite.check.programs import program
from suite.check.watching import BY_PROMETHEUS, BY_THE_BROKER, named
from suite.demo.actors import eventually
from suite.demo.journey import MainJob
from suite.deploy.dashboards import dashboards, shown
from suite.run.places import free_port
from suite.testing.suites import RunningSuite

pytestmark = pytest.mark.journey


@pytest.fixture
def prometheus(embedded: RunningSuite, tmp_path: Path) -> Iterator[str]:
    """Give a Prometheus that reads every process of the suite each second, labelled as where it is deployed."""
    jobs = [
        {
            "job_name": f"{name}-api",
            "honor_labels": True,
            "static_configs": [
                {"targets": [f"127.0.0.1:{port}"], "labels": {"namespace": "motcua", "pod": name}}
            ],
        }
        for name, port in embedded.note["watched"].items()
        if not name.endswith("-worker")
    ]
    config = {"global": {"scrape_interval": "1s"}, "scrape_configs": jobs}
    (tmp_path / "prometheus.yml").write_text(yaml.safe_dump(config))
    port = free_port()
    command = [
        program("prometheus"),
        f"--config.file={tmp_path}/prometheus.yml",
        f"--storage.tsdb.path={tmp_path}/figures",
        f"--web.listen-address=127.0.0.1:{port}",
        "--enable-feature=exemplar-storage",
        "--log.level=error",
    ]
    process = subprocess.Popen(command)
    yield f"http://127.0.0.1:{port}/api/v1"
    process.terminate()
    process.wait(20)
    shutil.rmtree(tmp_path / "figures", ignore_errors=True)


def answer(prometheus: str, expression: str) -> list[Any]:
    """Ask Prometheus; a query it does not understand is an error."""
    try:
        told = httpx.get(f"{prometheus}/query", params={"query": expression}).json()
    except httpx.TransportError:
        return []
    assert told["status"] == "success", (expression, told)
    return list(told["data"]["result"])


def test_every_picture_shows_something_while_the_suite_works(
    embedded: RunningSuite, prometheus: str, tmp_path: Path
) -> None:
    running = len(embedded.note["ports"])
    eventually(lambda: len(answer(prometheus, "up == 1")) == running, "every process to be read", 60)
    assert httpx.get(f"{embedded.url}/thu-tuc").status_code == 200
    MainJob(embedded.url, tmp_path).play()
    assert httpx.get(f"{embedded.url}/thu-tuc").status_code == 200
    looks = list(shown(dashboards()))
    wanted = [one for one in looks if not one.rare]
    deadline = time.monotonic() + 90
    while dark := [one for one in wanted if not answer(prometheus, one.expression)]:
        assert time.monotonic() < deadline, dark
        time.sleep(0.5)
    names = set(httpx.get(f"{prometheus}/label/__name__/values").json()["data"])
    asked = {name for one in looks for name in named(one.expression)} - BY_PROMETHEUS - BY_THE_BROKER
    counted_when_wrong = {"motcua_events_failed_total"}
    assert asked - names <= counted_when_wrong, json.dumps(sorted(asked - names))
    for one in looks:
        answer(prometheus, one.expression)


def test_nobody_reaches_these_numbers_through_the_gateway(embedded: RunningSuite) -> None:
    for prefix in ("", "/en", "/can-bo", "/en/can-bo", "/api/intake", "/api/portal"):
        for path in ("/metrics", "/health/live", "/health/ready"):
            told = httpx.get(f"{embedded.url}{prefix}{path}")
            assert "motcua_" not in told.text
            assert told.status_code in {303, 401, 404}, (prefix, path, told.status_code)
