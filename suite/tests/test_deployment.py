"""`make deploy-check`: the committed deployments pass, and each check is seen refusing a broken one."""

import copy
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from gateway.adapters.envoy import UNDER_WAY
from intake.settings import Settings as IntakeSettings
from suite.check import deployment, programs
from suite.check.cluster import POLICY, CannotBuildError, forbidden, rendered, wrong_fields
from suite.check.programs import (
    NotHereError,
    alert_rules,
    compose_file,
    image_files,
    program,
    watched_places,
)
from suite.cli.gateway import DRAIN
from suite.deploy import agency_cluster
from suite.deploy.cluster.files import PLACE
from suite.deploy.scrape import SCRAPE
from suite.run.places import checkout

ROOT = checkout()
SCHEMAS, RULES = ROOT / PLACE / "schemas", ROOT / PLACE / POLICY
Object = dict[str, Any]
Break = Callable[[list[Object]], object]


@pytest.fixture(scope="module")
def province() -> list[Object]:
    return rendered(ROOT / PLACE / "overlays/province")


@pytest.fixture
def objects(province: list[Object]) -> list[Object]:
    return copy.deepcopy(province)


def one_of(objects: list[Object], kind: str, name: str) -> Object:
    return next(one for one in objects if one["kind"] == kind and one["metadata"]["name"] == name)


def pod(objects: list[Object], kind: str = "Deployment", name: str = "intake-api") -> Object:
    found: Object = one_of(objects, kind, name)["spec"]["template"]["spec"]
    return found


def container(objects: list[Object]) -> Object:
    found: Object = pod(objects)["containers"][0]
    return found


def without(objects: list[Object], kind: str, name: str) -> None:
    objects.remove(one_of(objects, kind, name))


@pytest.mark.parametrize("overlay", ["demo", "province"])
def test_a_committed_overlay_passes(overlay: str) -> None:
    assert deployment.cluster(ROOT, ROOT / PLACE / "overlays" / overlay) == []


def test_the_overlay_of_an_agency_passes_and_a_broken_one_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert deployment.agency(ROOT) == []
    monkeypatch.setattr(agency_cluster, "KEPT", ("names", "numbers", "migrate-out", "postgres-in"))
    assert deployment.agency(ROOT) == ["nothing denies what no rule allows"]


FIELDS: list[tuple[str, Break]] = [
    ("imagePullPolicyy", lambda all_: container(all_).update(imagePullPolicyy="Always")),
    (
        "maxUnavailable",
        lambda all_: one_of(all_, "PodDisruptionBudget", "intake-api")["spec"].update(maxUnavailable={}),
    ),
    ("knows no batch/v7", lambda all_: one_of(all_, "Job", "migrate").update(apiVersion="batch/v7")),
    ("is not one of", lambda all_: match_of(all_)["path"].update(type="Prefix")),
    ("is not of type", lambda all_: backend_of(all_).update(port="8080")),
    ("minReplicas", lambda all_: one_of(all_, "ScaledObject", "intake-api")["spec"].update(minReplicas=2)),
    (
        "is not of type",
        lambda all_: one_of(all_, "ScaledObject", "intake-api")["spec"].update(maxReplicaCount="9"),
    ),
    (
        "intervall",
        lambda all_: one_of(all_, "ServiceMonitor", "intake")["spec"]["endpoints"][0].update(intervall="1s"),
    ),
    ("no schema of", lambda all_: one_of(all_, "HTTPRoute", "intake").update(kind="TCPRoute")),
]


def match_of(objects: list[Object]) -> Object:
    found: Object = one_of(objects, "HTTPRoute", "intake")["spec"]["rules"][0]["matches"][0]
    return found


def backend_of(objects: list[Object]) -> Object:
    found: Object = one_of(objects, "HTTPRoute", "intake")["spec"]["rules"][0]["backendRefs"][0]
    return found


@pytest.mark.parametrize(("said", "broken"), FIELDS)
def test_a_field_nobody_knows_is_refused(objects: list[Object], said: str, broken: Break) -> None:
    assert list(wrong_fields(objects, SCHEMAS)) == []
    broken(objects)
    assert any(said in finding for finding in wrong_fields(objects, SCHEMAS)), list(
        wrong_fields(objects, SCHEMAS)
    )


SECRET = {"name": "MOTCUA_STATS_DATABASE_URL", "value": "x"}
HIDDEN = {"name": "MOTCUA_WHERE", "value": "amqp://intake:pw@rabbitmq/"}
REFERRED = {"name": "MOTCUA_X", "valueFrom": {"secretKeyRef": {"name": "a", "key": "b"}}}
POLICIES: list[tuple[str, Break]] = [
    ("names no version", lambda all_: container(all_).update(image="motcua/suite:latest")),
    ("names no version", lambda all_: container(all_).update(image="motcua/suite")),
    ("has no limit of memory", lambda all_: container(all_)["resources"]["limits"].pop("memory")),
    ("is promised no cpu", lambda all_: container(all_)["resources"]["requests"].pop("cpu")),
    ("may run as root", lambda all_: pod(all_)["securityContext"].pop("runAsNonRoot")),
    ("runs as root", lambda all_: pod(all_)["securityContext"].update(runAsUser=0)),
    ("no seccomp profile", lambda all_: pod(all_)["securityContext"].pop("seccompProfile")),
    (
        "may write to its root",
        lambda all_: container(all_)["securityContext"].update(readOnlyRootFilesystem=False),
    ),
    ("may gain rights", lambda all_: container(all_)["securityContext"].pop("allowPrivilegeEscalation")),
    (
        "keeps capabilities",
        lambda all_: container(all_)["securityContext"].update(capabilities={"add": ["NET_RAW"]}),
    ),
    ("holds a token", lambda all_: pod(all_).pop("automountServiceAccountToken")),
    ("under the account default", lambda all_: pod(all_).pop("serviceAccountName")),
    ("shown a secret", lambda all_: container(all_)["env"].append(SECRET)),
    ("shown a secret", lambda all_: container(all_)["env"].append(HIDDEN)),
    ("shown a secret", lambda all_: container(all_)["env"].append(REFERRED)),
    ("not kept with manifests", lambda all_: all_.append({"kind": "Secret", "metadata": {"name": "a"}})),
    ("ready or alive", lambda all_: container(all_).pop("readinessProbe")),
    ("no budget of disruptions", lambda all_: without(all_, "PodDisruptionBudget", "intake-api")),
    ("not kept apart", lambda all_: pod(all_).pop("topologySpreadConstraints")),
    ("nothing denies", lambda all_: without(all_, "NetworkPolicy", "default-deny")),
    (
        "nothing denies",
        lambda all_: one_of(all_, "NetworkPolicy", "default-deny")["spec"].update(egress=[{}]),
    ),
    (
        "lets everything egress",
        lambda all_: one_of(all_, "NetworkPolicy", "intake-out")["spec"]["egress"].append({}),
    ),
    ("Job/migrate: may run as root", lambda all_: pod(all_, "Job", "migrate")["securityContext"].clear()),
]


@pytest.mark.parametrize(("said", "broken"), POLICIES)
def test_what_our_rules_forbid_is_refused(objects: list[Object], said: str, broken: Break) -> None:
    broken(objects)
    assert any(said in finding for finding in forbidden(objects, RULES)), forbidden(objects, RULES)


def test_rules_that_cannot_be_read_are_no_silence(objects: list[Object], tmp_path: Path) -> None:
    (tmp_path / "broken.rego").write_text("package motcua\ndeny contains {")
    with pytest.raises(Exception, match=r"rego|broken|parse|error"):
        forbidden(objects, tmp_path / "broken.rego")


def test_a_patch_that_finds_nothing_is_refused(tmp_path: Path) -> None:
    kept = {"resources": ["a.yaml"], "patches": [{"path": "p.yaml"}]}
    named = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}}
    (tmp_path / "kustomization.yaml").write_text(yaml.safe_dump(kept))
    (tmp_path / "a.yaml").write_text(yaml.safe_dump(named))
    (tmp_path / "p.yaml").write_text(yaml.safe_dump({**named, "metadata": {"name": "b"}}))
    with pytest.raises(CannotBuildError, match="no matches"):
        rendered(tmp_path)
    assert deployment.cluster(ROOT, tmp_path)


def test_an_image_file_that_hadolint_warns_of_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM debian:latest\nRUN cd /tmp && apt-get install curl\n")
    assert any("DL3007" in finding for finding in image_files(tmp_path, ["Dockerfile"]))
    assert image_files(ROOT) == []


def test_a_rule_that_wakes_nobody_is_refused(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "deploy/observability", tmp_path / "deploy/observability")
    try:
        assert alert_rules(tmp_path) == []
    except NotHereError:
        pytest.fail("promtool is not here: sh scripts/tools checks")
    rules = tmp_path / programs.RULES
    text = rules.read_text()
    rules.write_text(text.replace("motcua_inbox_dead", "motcua_inbox_died"))
    assert any("EventsDead" in finding for finding in alert_rules(tmp_path))
    rules.write_text(text.replace("expr: max by", "expr: max bei"))
    assert any("could not parse" in finding for finding in alert_rules(tmp_path))


def test_every_rule_is_tried_and_has_a_runbook() -> None:
    files = [yaml.safe_load((ROOT / name).read_text()) for name in programs.RULE_FILES]
    tried = (ROOT / programs.TRIALS).read_text() + "alertname: PartGone\n"  # suite/tests/test_watching.py
    for rule in (rule for told in files for group in told["groups"] for rule in group["rules"]):
        assert f"alertname: {rule['alert']}" in tried
        page, _, heading = rule["annotations"]["runbook"].partition("#")
        text = (ROOT / page).read_text()
        assert not heading or f"## {rule['alert']}\n" in text


def test_a_written_file_that_was_changed_or_is_left_over_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / PLACE, tmp_path / PLACE)
    monkeypatch.setattr(deployment, "drifted", lambda _root, _told: [])
    monkeypatch.setattr(deployment, "cluster_files", lambda _root, told: deployment_files(told))
    assert deployment.committed(tmp_path) == []
    shutil.copy(tmp_path / PLACE / "base/intake.yaml", tmp_path / PLACE / "base/former.yaml")
    assert deployment.committed(tmp_path) == [f"{PLACE}/base/former.yaml follows from no service; remove it"]


def deployment_files(told: Any) -> dict[str, str]:
    from_manifests = __import__("suite.deploy.cluster.files", fromlist=["cluster_files"]).cluster_files
    made: dict[str, str] = from_manifests(ROOT, told)
    return made


def test_a_check_without_its_program_says_so_and_is_red_where_changes_are_judged() -> None:
    def away(_root: Path) -> list[str]:
        raise NotHereError("promtool")

    assert deployment.outcome("alert rules", away, ROOT, strict=True) == (
        False,
        "alert rules: NOT CHECKED, promtool is not on this machine",
    )
    assert deployment.outcome("alert rules", away, ROOT, strict=False)[0]
    assert not deployment.outcome("image files", lambda _root: ["wrong"], ROOT, strict=False)[0]


def test_a_program_is_looked_for_before_it_is_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotHereError):
        program("no-such-program", tmp_path)
    made = tmp_path / "docker-compose"
    made.write_text("#!/bin/sh\necho 'services.x: additional properties not allowed' >&2; exit 15\n")
    made.chmod(0o755)
    assert program("docker-compose", tmp_path) == str(made)
    (tmp_path / "build/tools").mkdir(parents=True)
    shutil.move(made, tmp_path / "build/tools/docker-compose")
    assert compose_file(tmp_path) == ["services.x: additional properties not allowed"]


def test_a_place_to_watch_that_cannot_be_found_is_refused(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "deploy/observability", tmp_path / "deploy/observability")
    assert watched_places(tmp_path) == []
    told = tmp_path / SCRAPE
    told.write_text(told.read_text().replace("port: 9464", "portt: 9464", 1))
    assert any("portt" in finding for finding in watched_places(tmp_path))


def containers() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"])


def test_what_the_page_about_compose_lets_people_set_reaches_a_container() -> None:
    told = set(re.findall(r"\bMOTCUA_[A-Z_]+", (ROOT / "docs/operations/compose.md").read_text("utf-8")))
    read = set(re.findall(r"\$\{(MOTCUA_[A-Z_]+)", (ROOT / "docker-compose.yml").read_text("utf-8")))
    assert {"MOTCUA_GATEWAY_TRUSTED_HOPS", "MOTCUA_INNER_BIND"} <= told
    assert told <= read


def test_no_container_is_killed_while_it_ends_as_it_should() -> None:
    grace = {name: int(str(one.get("stop_grace_period", "10s"))[:-1]) for name, one in containers().items()}
    assert grace["gateway"] > DRAIN + UNDER_WAY
    assert min(time for name, time in grace.items() if name.endswith(("-api", "-worker"))) >= 25


def test_what_is_for_operators_is_published_apart_from_the_site() -> None:
    ports = {name: one.get("ports", []) for name, one in containers().items()}
    for name in ("mail", "prometheus", "grafana"):
        assert [port.startswith("${MOTCUA_INNER_BIND:-127.0.0.1}") for port in ports[name]] == [True]
    assert ports["gateway"][0].startswith("${MOTCUA_BIND:-127.0.0.1}")


def test_a_folder_of_the_keeper_that_a_container_is_told_of_is_mounted_to_be_read() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]
    told = {
        name: folder
        for name, one in services.items()
        for variable, folder in one.get("environment", {}).items()
        if variable.endswith("_BACKUP_FOLDER")
    }
    assert set(told) == {"registers-api", "registers-worker"}
    assert all(f"kept:{folder}:ro" in services[name]["volumes"] for name, folder in told.items())
    assert f"kept:{told['registers-api']}" in services["backup"]["volumes"]
    image = (ROOT / "deploy/docker/Dockerfile").read_text("utf-8")
    assert "mkdir -p /home-of/backup" in image.split("AS bare")[0]  # else whoever comes first makes it root's


def test_clamd_takes_the_largest_paper_whole_and_calls_nothing_clean_that_it_did_not_read() -> None:
    told = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    (config,) = told["services"]["clamd"]["configs"]
    said = dict(line.split() for line in told["configs"][config["source"]]["content"].splitlines())
    assert config["target"] == "/etc/clamav/clamd.conf"
    assert said["AlertExceedsMax"] == "yes"
    largest = IntakeSettings.model_fields["max_file_mb"].default
    assert all(
        int(said[name].rstrip("M")) >= largest for name in ("StreamMaxLength", "MaxFileSize", "MaxScanSize")
    )
