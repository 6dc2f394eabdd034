"""An agency's own instance: what is laid out for it, and what the broker lets it do."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import aio_pika
import pytest
import yaml
from aio_pika.exceptions import AMQPError
from aiormq.exceptions import ChannelAccessRefused
from common.carriers import Outbound, RabbitCarrier
from common.outbox import outbox_values
from common.topology import EXCHANGE, apply_topology, queue_of
from gateway.domain.table import Override, with_overrides
from gateway.main import route_table
from processing.events import OfficerIdle
from processing.settings import Settings
from regulation.codes.agency import AgencyCode
from suite.cli import app
from suite.deploy.agency import AgencyRefusedError, Meeting, lay_agency
from suite.run.layout import OWNERS, listens
from suite.run.places import checkout
from typer.testing import CliRunner

SINCE = datetime(2026, 12, 7, tzinfo=UTC)
AGENCY = AgencyCode("H42.15")
OWN = queue_of("processing", AGENCY)
MEETING = Meeting(
    "https://dvc.example", "amqps://broker.example:5671", "https://files.example", "10.0.0.5", SINCE
)


@pytest.fixture
def laid(tmp_path: Path) -> Path:
    lay_agency(tmp_path / "own", AGENCY, ["processing"], MEETING)
    return tmp_path / "own"


def told(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text())


def test_the_containers_are_the_agencys_own_and_meet_the_province(laid: Path) -> None:
    compose = yaml.safe_load((laid / "docker-compose.yml").read_text())
    assert set(compose["services"]) == {"postgres", "migrate", "processing-api", "processing-worker"}
    api = compose["services"]["processing-api"]
    assert api["environment"]["MOTCUA_JWKS_URL"] == "https://dvc.example/api/identity/jwks"
    assert api["environment"]["MOTCUA_INSTANCE"] == "H42.15"
    assert compose["services"]["migrate"]["command"] == ["province", "migrate", "--only", "processing"]
    assert {name for one in compose["services"].values() for name in one.get("depends_on", ())} <= {
        "postgres",
        "migrate",
    }
    for name in compose["secrets"]:
        assert (laid / "secrets" / name).exists()
    assert not [name for name in compose["secrets"] if "redis" in name]
    assert not list((laid / "secrets").glob("*redis_url"))
    account = (laid / "secrets/motcua_processing_amqp_url").read_text()
    assert account.startswith("amqps://processing.H42.15:")
    assert account.endswith("@broker.example:5671/")


def test_its_service_reads_what_the_folder_tells(laid: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compose = yaml.safe_load((laid / "docker-compose.yml").read_text())
    for name, value in compose["services"]["processing-worker"]["environment"].items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("MOTCUA_SECRETS", str(laid / "secrets"))
    read = Settings()
    assert (read.instance, read.apart, read.carrier) == ("H42.15", {"H42.15": SINCE}, "rabbitmq")
    assert read.database_url.startswith("postgresql://processing:")
    assert (read.redis_url, read.notify_url) == ("", "")
    assert read.amqp_url == (laid / "secrets/motcua_processing_amqp_url").read_text()


def test_the_province_gets_an_account_and_the_way_there_but_no_password_of_the_broker(laid: Path) -> None:
    passwords = told(laid, "secrets/secrets.json")
    definitions = (laid / "province/rabbitmq.json").read_text()
    assert not [name for name, password in passwords.items() if password in definitions]
    (row,) = told(laid, "province/gateway.json")["gateway_overrides"]
    rows = with_overrides(route_table(), [Override(**row)])
    assert len([one for one in rows if (one.service or "").startswith("override")]) == 2
    division = (laid / "province/settings.env").read_text()
    assert division == f'MOTCUA_PROCESSING_APART={{"H42.15": "{SINCE.isoformat()}"}}\n'
    (files_account,) = told(laid, "province/objects.json")["identities"]
    assert files_account["actions"] == ["Read:motcua", "Write:motcua"]


def test_it_is_written_once_and_anew_only_when_asked_and_then_keeps_its_passwords(laid: Path) -> None:
    before = told(laid, "secrets/secrets.json")
    with pytest.raises(AgencyRefusedError, match="not empty"):
        lay_agency(laid, AGENCY, ["processing"], MEETING)
    lay_agency(laid, AGENCY, ["processing"], MEETING, force=True)
    assert told(laid, "secrets/secrets.json") == before
    assert {place.stat().st_mode & 0o077 for place in (laid, laid / "secrets", laid / "province")} == {0}


@pytest.mark.parametrize("service", ["intake", "portal", "nothing"])
def test_only_a_service_that_knows_the_division_can_stand_apart(tmp_path: Path, service: str) -> None:
    with pytest.raises(AgencyRefusedError, match="these can: processing"):
        lay_agency(tmp_path / "own", AGENCY, [service], MEETING)
    assert not (tmp_path / "own").exists()


class Directory(BaseHTTPRequestHandler):
    """A province whose directory knows one agency."""

    def do_GET(self) -> None:
        known = self.path == "/api/catalog/agencies/H42.15"
        self.send_response(200 if known else 404)
        self.end_headers()
        self.wfile.write(b'{"code": "H42.15"}' if known else b"{}")

    def log_message(self, *_: object) -> None:
        """Say nothing on the console of the tests."""


@pytest.fixture
def province() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Directory)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("code", "said"), [("H42.99", "knows no agency"), ("15", "no agency identifier"), ("H42.15", "README.md")]
)
def test_the_command_asks_the_directory(tmp_path: Path, province: str, code: str, said: str) -> None:
    words = ["agency", "init", code, "--province", province, "--folder", str(tmp_path / "own")]
    answer = CliRunner().invoke(app, words, env={"COLUMNS": "200"})
    assert said in answer.output
    assert (answer.exit_code == 0) == (tmp_path / "own").exists() == (code == "H42.15")


def test_a_province_that_does_not_answer_is_no_reason_to_guess(tmp_path: Path) -> None:
    words = [
        "agency",
        "init",
        "H42.15",
        "--province",
        "http://127.0.0.1:1",
        "--folder",
        str(tmp_path / "own"),
    ]
    answer = CliRunner().invoke(app, words, env={"COLUMNS": "200"})
    assert "does not answer" in answer.output
    assert not (tmp_path / "own").exists()


@pytest.fixture
async def own_url(rabbit, tmp_path: Path) -> str:
    """Let a province that runs take an agency in, as its people do; give the agency's address."""
    await apply_topology(rabbit.url, {name: listens(name) for name in OWNERS if listens(name)})
    near = Meeting(
        "http://127.0.0.1", f"amqp://127.0.0.1:{rabbit.port}", "http://127.0.0.1", "127.0.0.1", SINCE
    )
    lay_agency(tmp_path / "own", AGENCY, ["processing"], near)
    place = tmp_path / "definitions.json"  # the broker's own user reads it
    place.write_bytes((tmp_path / "own/province/rabbitmq.json").read_bytes())
    rabbit.control("import_definitions", str(place))
    return (tmp_path / "own/secrets/motcua_processing_amqp_url").read_text()


def idle(agency: str | None, only: tuple[str, ...] | None = None) -> Outbound:
    told = {"officer_id": "o", "officer_name": "An", "tell": [], "open_count": 1, "since": SINCE}
    event = OfficerIdle(aggregate_id="o", aggregate_version=1, agency=agency, occurred_at=SINCE, **told)
    row = outbox_values(event, "processing")
    return Outbound(row.id, row.type, row.routing_key, row.envelope_json, only)


async def sent(url: str, row: Outbound) -> bool:
    carrier = RabbitCarrier(url, AGENCY)
    try:
        return (await carrier.deliver([row])).done == [row.id]
    finally:
        await carrier.close()


@pytest.mark.broker
async def test_the_broker_holds_an_agency_to_its_own_sub_tree(own_url: str) -> None:
    told = {agency: await sent(own_url, idle(agency)) for agency in ("H42.15", "H42.15.03")}
    assert told == {"H42.15": True, "H42.15.03": True}
    refused = {agency: await sent(own_url, idle(agency)) for agency in ("H42.16", "H42.151", "H42", None)}
    assert refused == {"H42.16": False, "H42.151": False, "H42": False, None: False}


@pytest.mark.broker
async def test_an_event_that_the_broker_refuses_keeps_no_other_back(own_url: str) -> None:
    rows = [idle(agency) for agency in ("H42.15", "H42.16", "H42.15.03")]
    carrier = RabbitCarrier(own_url, AGENCY)
    try:
        assert (await carrier.deliver(rows)).done == [rows[0].id, rows[2].id]
    finally:
        await carrier.close()


@pytest.mark.broker
async def test_an_agency_speaks_for_no_other_service_and_to_no_queue_past_the_topics(own_url: str) -> None:
    row = idle("H42.15")
    assert not await sent(own_url, row._replace(routing_key="intake.dossier_accepted.v1.H42.15"))
    assert not await sent(own_url, idle("H42.15", only=("intake",)))


@pytest.mark.broker
async def test_an_agency_hears_its_sub_tree_and_the_province_and_nothing_else(rabbit, own_url: str) -> None:
    admin = await aio_pika.connect(rabbit.url)
    async with admin:
        channel = await admin.channel()
        await (await channel.get_queue(OWN)).purge()  # what the other tests told the agency
        exchange = await channel.get_exchange(EXCHANGE)
        accepted, published = "intake.dossier_accepted.v1", "catalog.procedure_published.v1"
        for topic in (
            f"{accepted}.H42.16",
            f"{accepted}.H42.151",
            f"{accepted}.H42",
            f"{accepted}.H42.15",
            f"{accepted}.H42.15.03",
            f"{published}.province",
        ):
            await exchange.publish(aio_pika.Message(b"x"), topic)
    connection = await aio_pika.connect(own_url)
    async with connection:
        queue = await (await connection.channel()).declare_queue(OWN, passive=True)
        heard = [await queue.get(no_ack=True, timeout=5) for _ in range(3)]
        assert [one.routing_key for one in heard if one] == [
            f"{accepted}.H42.15",
            f"{accepted}.H42.15.03",
            f"{published}.province",
        ]
        assert await queue.get(fail=False) is None


@pytest.mark.broker
@pytest.mark.parametrize(
    "queue", ["motcua.processing", "motcua.intake", "motcua.dead", "motcua.processing.H42.16"]
)
async def test_an_agency_reads_no_other_queue(rabbit, own_url: str, queue: str) -> None:
    admin = await aio_pika.connect(rabbit.url)
    async with admin:
        await (await admin.channel()).declare_queue(
            queue, passive=queue != "motcua.processing.H42.16", durable=True
        )
    connection = await aio_pika.connect(own_url)
    async with connection:
        channel = await connection.channel()
        found = await channel.get_queue(queue, ensure=False)
        with pytest.raises(ChannelAccessRefused):
            await found.get()


@pytest.mark.broker
async def test_an_agency_binds_its_queue_to_no_topic_of_others_and_makes_none(own_url: str) -> None:
    connection = await aio_pika.connect(own_url)
    async with connection:
        channel = await connection.channel()
        with pytest.raises(ChannelAccessRefused):
            await (await channel.get_queue(OWN, ensure=False)).bind(
                EXCHANGE, "intake.dossier_accepted.v1.H42.16"
            )
    connection = await aio_pika.connect(own_url)
    async with connection:
        with pytest.raises(AMQPError):
            await (await connection.channel()).declare_queue("motcua.mine", durable=True)


def test_on_a_cluster_the_province_finds_the_instance_at_the_port_its_rows_name(laid: Path) -> None:
    ways, leave = yaml.safe_load_all((laid / "province/cluster.yaml").read_text())
    rows = json.loads(ways["data"]["gateway.json"])
    assert rows == told(laid, "province/gateway.json")
    port = int(rows["gateway_overrides"][0]["upstream"].rpartition(":")[2])
    assert [one["port"] for one in leave["spec"]["egress"][0]["ports"]] == [port]
    objects = list(yaml.safe_load_all((laid / "cluster/processing.yaml").read_text()))
    door = next(one for one in objects if one["metadata"]["name"] == "processing-way-in")["spec"]
    assert (door["type"], door["ports"][0]["port"]) == ("LoadBalancer", port)
    assert door["selector"].items() <= _labels(objects).items()


def _labels(objects: list[Any]) -> dict[str, str]:
    """Return the labels of the pods of the instance's API."""
    kept = (
        one for one in objects if one["kind"] == "Deployment" and one["metadata"]["name"] == "processing-api"
    )
    return dict(next(kept)["spec"]["template"]["metadata"]["labels"])


def test_gateway_and_portal_of_a_cluster_follow_the_same_file_as_on_one_host() -> None:
    for name in ("gateway", "portal"):
        base = checkout() / "deploy/k8s/base" / f"{name}.yaml"
        kept = (one for one in yaml.safe_load_all(base.read_text()) if one["kind"] == "Deployment")
        pod = next(kept)["spec"]["template"]["spec"]
        container = pod["containers"][0]
        env = {one["name"]: one["value"] for one in container["env"]}
        assert env["MOTCUA_GATEWAY_FILE"] == "/etc/motcua/ways/gateway.json"
        assert {"name": "ways", "mountPath": "/etc/motcua/ways", "readOnly": True} in container[
            "volumeMounts"
        ]
        assert {"name": "ways", "configMap": {"name": "ways", "optional": True}} in pod["volumes"]
