"""A real Prometheus reads a running suite, and every picture of the dashboards has something to show."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from suite.check.watching import BY_PROMETHEUS, BY_THE_BROKER, named
from suite.demo.journey import MainJob
from suite.deploy.dashboards import dashboards, shown
from suite.testing.prometheus import Prometheus, reading
from suite.testing.suites import RunningSuite

pytestmark = pytest.mark.journey


@pytest.fixture
def prometheus(embedded: RunningSuite, tmp_path: Path) -> Iterator[Prometheus]:
    """Give a Prometheus that reads every process of the suite."""
    told = embedded.note["watched"].items()
    targets = {name: (f"{name}-api", port) for name, port in told if not name.endswith("-worker")}
    with reading(tmp_path, targets) as server:
        yield server


def test_every_picture_shows_something_while_the_suite_works(
    embedded: RunningSuite, prometheus: Prometheus, tmp_path: Path
) -> None:
    assert len(prometheus.ask("up == 1")) == len(embedded.note["ports"])
    assert httpx.get(f"{embedded.url}/thu-tuc", timeout=60).status_code == 200
    MainJob(embedded.url, tmp_path).play()
    assert httpx.get(f"{embedded.url}/thu-tuc", timeout=60).status_code == 200
    looks = list(shown(dashboards()))
    wanted = [one for one in looks if not one.rare]
    deadline = time.monotonic() + 90
    while dark := [one for one in wanted if not prometheus.ask(one.expression)]:
        assert time.monotonic() < deadline, dark
        time.sleep(0.5)
    names = prometheus.names()
    asked = {name for one in looks for name in named(one.expression)} - BY_PROMETHEUS - BY_THE_BROKER
    counted_when_wrong = {"motcua_events_failed_total"}
    assert asked - names <= counted_when_wrong, json.dumps(sorted(asked - names))
    for one in looks:
        prometheus.ask(one.expression)


def test_nobody_reaches_these_numbers_through_the_gateway(embedded: RunningSuite) -> None:
    for prefix in ("", "/en", "/can-bo", "/en/can-bo", "/api/intake", "/api/portal"):
        for path in ("/metrics", "/health/live", "/health/ready"):
            told = httpx.get(f"{embedded.url}{prefix}{path}")
            assert "motcua_" not in told.text
            assert told.status_code in {303, 401, 404}, (prefix, path, told.status_code)
