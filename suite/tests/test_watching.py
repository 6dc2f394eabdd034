"""Dashboards and alerts look at numbers that exist, and every alert says what to do."""

import json
import shutil
from pathlib import Path

import pytest
import yaml
from suite.check import watching
from suite.check.watching import blind, named, told_names, understood, without_runbook
from suite.deploy.dashboards import PLACE, Dashboard, dashboard_files, dashboards
from suite.run.places import checkout

ROOT = checkout()
RULES = "deploy/observability/rules.yaml"


def test_there_are_six_dashboards_and_what_is_committed_is_what_is_written() -> None:
    assert set(dashboards()) == {"promises", "events", "queues", "pages", "machines", "business"}
    for name, text in dashboard_files().items():
        assert (ROOT / name).read_text("utf-8") == text
    kept = {place.name for place in (ROOT / PLACE).iterdir()}
    assert kept == {Path(name).name for name in dashboard_files()}


def test_every_panel_says_what_it_is_and_stands_in_a_place_of_its_own() -> None:
    for text in dashboard_files().values():
        panels = json.loads(text)["panels"]
        assert all(panel["title"] and panel["description"] and panel["targets"] for panel in panels)
        places = {(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels}
        assert len(places) == len(panels)


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ('sum by (job) (up{namespace="motcua"})', {"up"}),
        ('rate(motcua_jobs_total{job="motcua_lie"}[5m]) / up', {"motcua_jobs_total", "up"}),
        ("process_open_fds / process_max_fds", {"process_open_fds", "process_max_fds"}),
    ],
)
def test_the_numbers_of_an_expression_are_found(expression: str, names: set[str]) -> None:
    assert named(expression) == names


def test_what_is_told_has_the_names_that_prometheus_reads() -> None:
    told = told_names()
    assert {"motcua_http_request_seconds_bucket", "motcua_events_published_total"} <= told
    assert {"motcua_inbox_lag_seconds", "motcua_stats_dossiers", "process_cpu_seconds_total"} <= told
    assert "motcua_events_published" not in told


def test_every_look_is_at_something_and_every_alert_has_a_runbook() -> None:
    assert blind(ROOT) == []
    assert without_runbook(ROOT) == []


def test_a_panel_that_looks_at_nothing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = {"title": "x", "says": "x", "unit": "s", "show": {"x": "max(motcua_dreams_seconds)"}}
    made = Dashboard.model_validate({"title": "x", "says": "x", "panels": [lost]})
    monkeypatch.setattr(watching, "dashboards", lambda: {"lost": made})
    assert blind(ROOT) == ["lost: x looks at motcua_dreams_seconds, which nobody tells"]


def test_words_that_prometheus_does_not_understand_are_refused() -> None:
    assert understood(ROOT, ["sum by (service) (up)"]) == []
    assert any("parse error" in line for line in understood(ROOT, ["sum by service up)"]))


@pytest.mark.parametrize("place", ["", "docs/operations/alerts.md#nowhere", "docs/operations/nothing.md"])
def test_an_alert_without_a_runbook_is_named(tmp_path: Path, place: str) -> None:
    shutil.copytree(ROOT / "docs/operations", tmp_path / "docs/operations")
    (tmp_path / "deploy/observability").mkdir(parents=True)
    told = yaml.safe_load((ROOT / RULES).read_text("utf-8"))
    told["groups"][0]["rules"][0]["annotations"]["runbook"] = place
    (tmp_path / RULES).write_text(yaml.safe_dump(told))
    assert without_runbook(tmp_path) == [f"EventsNotTold: there is no runbook at {place or 'any place'}"]


def test_every_alert_is_tried() -> None:
    told = yaml.safe_load((ROOT / RULES).read_text("utf-8"))
    trials = yaml.safe_load((ROOT / "deploy/observability/rules.test.yaml").read_text("utf-8"))
    alerts = {rule["alert"] for group in told["groups"] for rule in group["rules"]}
    woken = {
        trial["alertname"]
        for each in trials["tests"]
        for trial in each["alert_rule_test"]
        if trial["exp_alerts"]
    }
    assert woken == alerts
