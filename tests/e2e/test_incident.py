"""An incident from its entry to its end: on every page, told to people, counted among what is open, and over."""

from typing import Any

import httpx
import pytest
from common.clock import utc_now
from regulation.zone import local
from suite.demo.actors import Actor, eventually
from suite.demo.welcome import PASSWORD
from suite.testing.suites import RunningSuite

pytestmark = pytest.mark.journey
WORDS = "Chưa nộp được hồ sơ trực tuyến; hãy đến bộ phận một cửa."
LOG = "/api/registers/books/incidents/entries"


def incident() -> dict[str, Any]:
    """Give an incident that began just now."""
    now = local(utc_now())
    return {
        "began_on": f"{now:%Y-%m-%d}",
        "began_time": f"{now:%H:%M}",
        "reporter": "Giám sát tự động",
        "part": "intake",
        "severity": "urgent",
        "nature": "technical",
        "lead": "operator",
        "effect": "Không nộp được hồ sơ.",
        "announced": True,
        "notice_vi": WORDS,
    }


def end() -> dict[str, Any]:
    """Give an end just now."""
    now = local(utc_now())
    day, clock = f"{now:%Y-%m-%d}", f"{now:%H:%M}"
    return {
        "ended_on": day,
        "ended_time": clock,
        "cause": "Đĩa đầy.",
        "completeness": "Không thiếu hồ sơ nào.",
    }


def test_r_ops_02_an_incident_is_told_to_everybody_and_so_is_its_end(embedded: RunningSuite) -> None:
    operator = Actor(embedded.url).sign_in("quantri", PASSWORD)
    officer = Actor(embedded.url).sign_in("dieuphoi", PASSWORD)
    opened = operator.post(LOG, {"values": incident()})
    eventually(lambda: WORDS in httpx.get(embedded.url).text, "the notice on the first page")
    assert WORDS in httpx.get(f"{embedded.url}/trang-thai").text

    def told(kind: str) -> bool:
        messages = officer.get("/api/notify/messages")["items"]
        return any(one["kind"] == kind and opened["number"] in one["subject"] for one in messages)

    eventually(lambda: told("system_incident"), "the notice in an officer's inbox")
    closed = operator.post(
        f"{LOG}/{opened['number']}/closing", {"version": opened["version"], "values": end()}
    )
    assert closed["state"] == "closed"
    eventually(lambda: told("system_over"), "the notice that it is over")
    eventually(lambda: "Đã khắc phục" in httpx.get(embedded.url).text, "the all-clear on the first page")
    seen = eventually(
        lambda: officer.get("/api/registers/status/inside")["parts"], "a look at the processes", 90.0
    )
    assert {part["name"] for part in seen} >= {"intake", "portal", "registers"}
    assert any(part["ready"] for part in seen)
