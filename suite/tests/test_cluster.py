"""The cluster's objects follow from the manifests: arrows from what a service is told, routes from the edge's table."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from gateway.domain.table import covers
from suite.deploy.cluster.edge import routes, widest
from suite.deploy.cluster.files import cluster_files
from suite.deploy.cluster.monitoring import monitors
from suite.deploy.cluster.network import arrows, policies
from suite.deploy.cluster.plan import CONNECTIONS, Address, parts_of, pool_of, running, spoken_to
from suite.deploy.cluster.pods import pods
from suite.deploy.cluster.scaling import scalers
from suite.deploy.cluster.secret_objects import SEAL_BYTES, secret_objects
from suite.deploy.secret_files import lay_secrets
from suite.run.manifest import Manifest, manifests
from suite.run.places import checkout

TOLD = manifests()


def of_kind(objects: list[dict[str, Any]], kind: str) -> dict[str, dict[str, Any]]:
    return {one["metadata"]["name"]: one for one in objects if one["kind"] == kind}


@pytest.mark.parametrize(
    ("service", "hosts"),
    [
        ("catalog", {"postgres", "rabbitmq", "objects", "identity-api"}),
        ("identity", {"postgres", "rabbitmq", "objects", "mail"}),
        ("notify", {"postgres", "rabbitmq", "objects", "mail", "identity-api", "qa-api"}),
        ("stats", {"postgres", "rabbitmq", "objects", "identity-api"}),
    ],
)
def test_a_service_speaks_to_whom_it_is_told_of_and_to_nobody_else(service: str, hosts: set[str]) -> None:
    assert {one.host for one in spoken_to(service)} - {"redis"} == hosts


def test_the_portal_speaks_to_every_service_and_to_no_database() -> None:
    hosts = {one.host for one in spoken_to("portal")} - {"redis"}
    assert hosts == {f"{name}-api" for name in running(TOLD) if name != "portal"}


def test_only_the_edge_and_who_is_told_of_it_may_come_to_a_service() -> None:
    into = of_kind(policies(TOLD), "NetworkPolicy")["intake-api-in"]["spec"]["ingress"]
    names = {one["podSelector"]["matchLabels"]["app.kubernetes.io/name"] for one in into[0]["from"]}
    assert names == {"gateway", "portal"}
    assert into[0]["ports"] == [{"protocol": "TCP", "port": 8000}]
    watchers = {one["podSelector"]["matchLabels"]["app.kubernetes.io/name"] for one in into[1]["from"]}
    assert (watchers, into[1]["ports"]) == ({"registers"}, [{"protocol": "TCP", "port": 9464}])


def test_every_arrow_has_a_way_out_and_a_way_in() -> None:
    drawn = of_kind(policies(TOLD), "NetworkPolicy")
    for name, addresses in arrows(TOLD).items():
        assert len(drawn[f"{name}-out"]["spec"]["egress"]) == len(addresses)
        for address in addresses:
            rules = drawn[f"{address.host}-in"]["spec"]["ingress"]
            [rule] = [rule for rule in rules if rule["ports"] == [{"protocol": "TCP", "port": address.port}]]
            assert {"podSelector": {"matchLabels": _labels(name)}} in rule["from"]


def _labels(name: str) -> dict[str, str]:
    return {"app.kubernetes.io/part-of": "motcua", "app.kubernetes.io/name": name}


def test_a_new_setting_with_an_address_is_a_new_arrow(monkeypatch: pytest.MonkeyPatch) -> None:
    there = {"MOTCUA_STATS_REDIS_URL": "redis://cache/0", "MOTCUA_PUBLIC_URL": "https://seen.example"}
    monkeypatch.setattr("suite.deploy.cluster.plan.told_and_secret", lambda _plan, _service: (there, {}))
    assert spoken_to("stats") == (Address("cache", 6379),)


def test_every_open_row_of_the_table_has_a_route_and_the_edge_behind_it() -> None:
    made = of_kind(routes(TOLD), "HTTPRoute")
    assert set(made) == {name for name, one in running(TOLD).items() if one.routes}
    for name, route in made.items():
        (rule,) = route["spec"]["rules"]
        assert rule["backendRefs"] == [{"name": "gateway", "port": 8080}]
        prefixes = [one["path"]["value"] for one in rule["matches"] if one["path"]["type"] == "PathPrefix"]
        exact = [one["path"]["value"] for one in rule["matches"] if one["path"]["type"] != "PathPrefix"]
        for row in TOLD[name].routes:
            address = row.get("prefix") or row.get("path") or row.get("regex")
            assert (
                row.get("closed")
                or address in exact
                or any(covers(one, address) or one == "/" for one in prefixes)
            )


def test_a_pattern_is_kept_unless_the_whole_site_is_the_services() -> None:
    rows = (
        {"prefix": "/a"},
        {"path": "/a/b"},
        {"path": "/ab"},
        {"regex": "/x.*"},
        {"prefix": "/a/c", "closed": True},
    )
    assert widest(rows) == [rows[0], rows[2], rows[3]]
    assert widest((*rows, {"prefix": "/"})) == [{"prefix": "/"}]


def test_a_service_without_a_database_has_no_worker_and_no_folder() -> None:
    made = pods("portal", TOLD["portal"], {})
    assert list(of_kind(made, "Deployment")) == ["portal-api"]
    assert of_kind(made, "PersistentVolumeClaim") == {}
    assert "portal-worker" not in of_kind(scalers(TOLD), "ScaledObject")


def test_a_service_is_shown_its_own_secret_and_no_other() -> None:
    for name, one in running(TOLD).items():
        for deployment in of_kind(pods(name, one, {}), "Deployment").values():
            volumes = deployment["spec"]["template"]["spec"]["volumes"]
            assert [each["secret"]["secretName"] for each in volumes if "secret" in each] == [
                f"motcua-{name}"
            ]


def test_front_scales_by_requests_and_slowness_and_back_by_what_waits() -> None:
    made = of_kind(scalers(TOLD), "ScaledObject")
    assert set(made) == {
        f"{name}-{part}" for name, one in running(TOLD).items() for part in parts_of(one)
    } | {"gateway"}
    front, back = (made[name]["spec"]["triggers"] for name in ("intake-api", "intake-worker"))
    assert [one["metricType"] for one in front] == ["AverageValue", "Value"]
    assert 'queue="motcua.intake"' in back[0]["metadata"]["query"]
    assert "inbox_waiting" in back[1]["metadata"]["query"], (
        "apart: without the broker's numbers a sum is empty"
    )
    assert "oldest_unpublished" in back[2]["metadata"]["query"]
    assert len(made["notify-worker"]["spec"]["triggers"]) == 2, "notify announces nothing"


def test_who_cannot_measure_takes_nothing_away() -> None:
    made = of_kind(scalers(TOLD), "ScaledObject").values()
    blind = {one["spec"]["fallback"]["behavior"] for one in made if "fallback" in one["spec"]}
    assert blind == {"currentReplicasIfHigher"}
    measured = [
        trigger["metadata"]
        for one in made
        for trigger in one["spec"]["triggers"]
        if trigger["type"] == "prometheus"
    ]
    assert {told["ignoreNullValues"] for told in measured} == {"false"}
    assert all("vector(0)" in told["query"] for told in measured if "quantile" in told["query"])


def test_a_new_service_is_written_to_the_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = Manifest(
        name="qa", says="Questions", routes=({"prefix": "/api/qa", "token": "none", "limit": "api"},)
    )
    told = {**TOLD, "qa": fresh}
    for where in ("suite.run.environment", "suite.deploy.containers"):
        monkeypatch.setattr(f"{where}.manifests", lambda: told)
    plan = __import__("suite.deploy.cluster.plan", fromlist=["cluster_plan"]).cluster_plan
    known = {**plan().passwords, "qa": "-", "amqp-qa": "-"}
    monkeypatch.setattr("suite.deploy.cluster.plan.password_names", lambda: tuple(known))
    made = cluster_files(checkout(), told)
    assert "qa-worker" in made["deploy/k8s/base/qa.yaml"]
    assert "qa-out" in made["deploy/k8s/base/network.yaml"]
    assert "/api/qa" in made["deploy/k8s/components/routes/routes.yaml"]


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    lay_secrets(tmp_path)
    return tmp_path


def test_secrets_of_a_cluster_are_those_of_the_folder(secrets: Path) -> None:
    made = of_kind(list(secret_objects(secrets, keys=False)), "Secret")
    assert set(made["motcua-portal"]["data"]) == {"motcua_portal_session_key", "motcua_portal_redis_url"}
    assert "motcua-identity-keys" not in made
    mounted = {f"motcua-{name}" for name in running(TOLD)} | {"motcua-vault", "motcua-topology"}
    assert set(made) == mounted | {"motcua-postgres", "motcua-rabbitmq"}


def test_the_sealing_key_is_made_once(secrets: Path) -> None:
    first, second = (of_kind(list(secret_objects(secrets, keys=True)), "Secret") for _ in range(2))
    assert first["motcua-identity-keys"] == second["motcua-identity-keys"]
    assert (secrets / "identity.secret").stat().st_size == SEAL_BYTES


def test_names_may_be_asked_in_the_cluster_and_at_the_node_and_nothing_else_there() -> None:
    [rule] = of_kind(policies(TOLD), "NetworkPolicy")["names"]["spec"]["egress"]
    assert [one.get("ipBlock") for one in rule["to"]] == [None, {"cidr": "169.254.0.0/16"}]
    assert {one["port"] for one in rule["ports"]} == {53}


def test_in_a_province_no_replica_that_is_away_fills_a_disk_and_queues_grow_to_three_nodes() -> None:
    overlay = checkout() / "deploy/k8s/overlays/province"
    database = yaml.safe_load((overlay / "postgres.yaml").read_text())
    assert {"op": "replace", "path": "/spec/instances", "value": 3} in database
    assert [one["value"] for one in database if one["path"].endswith("max_slot_wal_keep_size")] == ["20GB"]
    broker = yaml.safe_load((overlay / "rabbitmq.yaml").read_text())
    [added] = [one["value"] for one in broker if one["path"] == "/spec/rabbitmq/additionalConfig"]
    assert "target_group_size = 3" in added


@pytest.mark.parametrize(
    "place",
    ["deploy/k8s/components/cloudnative-pg/postgres.yaml", "tests/cluster/standins/postgres.yaml"],
)
def test_every_process_at_its_largest_number_fits_into_the_database_server(place: str) -> None:
    found = re.findall(r"max_connections[=:]\W*(\d+)", (checkout() / place).read_text("utf-8"))
    processes = sum(
        one["spec"]["maxReplicaCount"]
        for name, one in of_kind(scalers(TOLD), "ScaledObject").items()
        if name not in {"gateway", "portal-api"}
    )
    assert found == [str(CONNECTIONS)]
    assert processes * (3 * pool_of(TOLD) + 2) < CONNECTIONS


def test_a_number_of_pods_the_database_cannot_serve_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("suite.deploy.cluster.plan.CONNECTIONS", 300)
    with pytest.raises(ValueError, match="do not fit into 300 connections"):
        pool_of(TOLD)


def test_what_a_part_says_of_its_jobs_keeps_its_name_when_it_is_read() -> None:
    """Without it the job of a number is renamed by the name of the scrape, and one punctual job hides a late one."""
    told = of_kind(monitors(checkout(), TOLD), "ServiceMonitor")
    own = [one for name, one in told.items() if "rabbitmq" not in name]
    assert len(own) == len(running(TOLD))
    assert all(each["honorLabels"] for one in own for each in one["spec"]["endpoints"])
