"""Dashboards and alerts look at numbers that exist, and every alert says what to do."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from suite.check import watching
from suite.check.programs import program, said
from suite.check.watching import alerts, blind, named, told_names, understood, without_runbook
from suite.deploy.alerting import PARTS
from suite.deploy.dashboards import PLACE, Dashboard, dashboard_files, dashboards
from suite.deploy.scrape import SCRAPE
from suite.run.places import checkout

ROOT = checkout()
RULES = "deploy/observability/rules.yaml"


def test_r_ops_16_there_are_six_dashboards_and_what_is_committed_is_what_is_written() -> None:
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


def test_r_ops_16_every_alert_is_tried() -> None:
    trials = yaml.safe_load((ROOT / "deploy/observability/rules.test.yaml").read_text("utf-8"))
    names = {rule["alert"] for rule in alerts(ROOT)}
    woken = {
        trial["alertname"]
        for each in trials["tests"]
        for trial in each["alert_rule_test"]
        if trial["exp_alerts"]
    }
    assert woken | {"PartGone"} == names  # that one is tried below, for every part there is


def trial(folder: Path, name: str, series: dict[str, str], told: list[dict[str, Any]]) -> list[str]:
    """Try one alert of the written rules after ten minutes of some numbers; return what promtool says against it."""
    inputs = [{"series": one, "values": values} for one, values in series.items()]
    asked = {"eval_time": "10m", "alertname": name, "exp_alerts": told}
    tests = [{"interval": "1m", "input_series": inputs, "alert_rule_test": [asked]}]
    shutil.copy(ROOT / PARTS, folder)
    (folder / "trial.yaml").write_text(yaml.safe_dump({"rule_files": ["parts.yaml"], "tests": tests}))
    return said([program("promtool"), "test", "rules", "trial.yaml"], folder)


def gone(job: str) -> dict[str, Any]:
    """Return the alert about a part of which nothing is heard."""
    told = {"summary": f"no replica of {job} is left", "runbook": "docs/operations/alerts.md#partgone"}
    labels = {"namespace": "motcua", "job": job, "severity": "page"}
    return {"exp_labels": labels, "exp_annotations": told}


def test_a_part_that_is_gone_is_named_for_as_long_as_it_is_and_each_of_them_can_be(tmp_path: Path) -> None:
    jobs = [one["job_name"] for one in yaml.safe_load((ROOT / SCRAPE).read_text("utf-8"))["scrape_configs"]]
    parts = [job for job in jobs if job != "rabbitmq-queues"]
    assert {"intake-api", "intake-worker", "portal-api", "backup"} <= set(parts)
    up = {f'up{{namespace="motcua", job="{job}", pod="a"}}': "1x2000" for job in parts}
    assert trial(tmp_path, "PartGone", up, []) == []
    assert trial(tmp_path, "PartGone", {}, [gone(job) for job in parts]) == []
    left = {name: values for name, values in up.items() if "notify-worker" not in name}
    assert trial(tmp_path, "PartGone", left, [gone("notify-worker")]) == []


def test_on_a_cluster_the_operator_is_watched_and_no_keeper_of_ours_is_missed() -> None:
    told = yaml.safe_load_all((ROOT / "deploy/k8s/components/monitoring/monitoring.yaml").read_text("utf-8"))
    (rules,) = (one["spec"]["groups"] for one in told if one["kind"] == "PrometheusRule")
    names = {rule["alert"]: rule["expr"] for group in rules for rule in group["rules"]}
    assert {"OperatorBackupLate", "OperatorLogNotCopied", "Watchdog", "Unwatched"} <= set(names)
    assert "BackupLate" not in names
    assert 'job="intake-worker"' in names["PartGone"]
    assert 'job="backup"' not in names["PartGone"]


def test_that_alerts_leave_the_house_is_told_on_a_way_of_its_own() -> None:
    told = yaml.safe_load((ROOT / "deploy/observability/alertmanager.yml").read_text("utf-8"))
    (way,) = told["route"]["routes"]
    assert way["matchers"] == ['alertname="Watchdog"']
    receivers = {one.pop("name"): one for one in told["receivers"]}
    assert receivers[way["receiver"]]
    assert set(receivers) == {way["receiver"], told["route"]["receiver"]}


COUNTED = frozenset({"motcua_identity_locks_total", "motcua_intake_lookup_walks_total", "motcua_job_failed"})
"""Numbers that come to be with the first thing they count; the part that would tell them is watched itself."""
BESIDE = frozenset(
    {"motcua_http_request_seconds_bucket", "motcua_inbox_dead", "motcua_inbox_not_yet_seconds"}
)
"""Told in one breath with others that are missed where they are not told."""


def test_no_alert_goes_blind_without_another_that_says_so() -> None:
    rules = {rule["alert"]: rule["expr"] for rule in alerts(ROOT)}
    missed = named(rules["Unwatched"]) | {"up"}
    seen = {name for expr in rules.values() for name in named(expr)}
    own = {
        name for name in seen if not name.startswith(("motcua_backup_", "motcua_drill_"))
    }  # PartGone of `backup`
    assert own - missed - COUNTED - BESIDE == set()
