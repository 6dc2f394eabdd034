"""One trace leads from the gateway through what a citizen did to the mail that tells of it, and names nobody."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from suite.demo.actors import eventually
from suite.demo.journey import MainJob
from suite.testing.suites import RunningSuite, start_suite, stop_suite
from suite.testing.traces import Collector

pytestmark = pytest.mark.journey
PERSONAL = ("congdan@motcua.example", "000190000001", "0900000001", "ten-thu-tuc")
OWN = ("127.0.0.1:", "python-httpx")
"""What Envoy would tell of whoever asks."""


@pytest.fixture
def traced(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningSuite]:
    monkeypatch.setenv("MOTCUA_OTLP_ENDPOINT", collector.endpoint)
    monkeypatch.setenv("MOTCUA_TRACE_RATIO", "1")
    running = start_suite("traced")
    yield running
    stop_suite(running)


def test_a_submission_is_one_trace_from_the_gateway_to_the_mail(
    traced: RunningSuite, collector: Collector, tmp_path: Path
) -> None:
    job = MainJob(traced.url, tmp_path)
    for step in (job.find, job.sign_in, job.submit):
        step()
    eventually(lambda: _is_whole(collector), "the whole trace of the submission", 60)
    assert httpx.get(f"{traced.url}/thu-tuc?q=ten-thu-tuc").status_code == 200
    eventually(lambda: _asks_as_one(collector), "a page and what it asked to be one trace", 60)
    told = str([span.words for span in collector.spans])
    assert [word for word in (*PERSONAL, *OWN, job.code) if word in told] == []
    logs = "".join(log.read_text() for log in (traced.state / "logs").glob("*.log"))
    assert [word for word in PERSONAL if word in logs] == []
    assert "eyJ" not in logs
    assert _submission(logs)["trace_id"] in {span.trace for span in collector.spans}


def _submission(logs: str) -> dict[str, str]:
    """Return the line that tells of the submission, with the ids that lead from and to it."""
    lines = [json.loads(line) for line in logs.splitlines() if '"/api/intake/dossiers"' in line]
    assert all({"request_id", "trace_id", "service", "timestamp"} <= set(line) for line in lines)
    return dict(next(line for line in lines if line["method"] == "POST"))


def _is_whole(collector: Collector) -> bool:
    """Say whether one trace begins at the gateway and has all that followed; a repeat of the request has its own."""
    wanted = {
        ("motcua-gateway", "ingress"),
        ("motcua-intake", "POST /api/intake/dossiers"),
        ("motcua-notify", "consume intake.dossier_submitted.v1"),
        ("motcua-notify", "deliver email"),
        ("motcua-stats", "consume intake.dossier_submitted.v1"),
    }
    by_trace = defaultdict(list)
    for one in list(collector.spans):
        by_trace[one.trace].append(one)
    whole = [parts for parts in by_trace.values() if wanted <= {(one.service, one.name) for one in parts}]
    return [[one.service for one in parts if not one.parent] for parts in whole] == [["motcua-gateway"]]


def _asks_as_one(collector: Collector) -> bool:
    pages = {one.trace for one in collector.spans if one.service == "motcua-portal"}
    return any(one.trace in pages and one.service == "motcua-catalog" for one in list(collector.spans))
