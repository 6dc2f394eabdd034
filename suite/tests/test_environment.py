"""Each service is told its own secrets and nobody else's."""

import json
import os
from pathlib import Path

import pytest
from common.settings import ServiceSettings
from suite.backup.installation import installation_at
from suite.deploy.containers import installation as contained
from suite.deploy.secret_files import lay_secrets
from suite.run.environment import belongs_to_another, environment
from suite.run.forks import fork
from suite.run.layout import OWNERS, SERVICES, Plan, plan

HEARS = {  # whose inbox a service may write into
    "catalog": {"intake", "notify", "processing", "qa", "stats"},
    "identity": {"intake", "notify", "processing", "qa", "registers"},
    "intake": {"identity", "notify", "processing", "qa", "stats"},
    "processing": {"intake", "notify", "stats"},
    "qa": {"notify", "stats"},
    "registers": {"intake", "notify"},
}
MORE = {
    "identity": {"client-notify", "proofs"},
    "notify": {"client-notify"},
    "portal": {"session", "news"},
    "intake": {"news", "seal-intake"},
    "processing": {"news", "seal-processing"},
    "qa": {"proofs", "seal-qa"},
}


@pytest.fixture
def made(tmp_path: Path) -> Plan:
    return plan(tmp_path, 8080, "ninh-binh")


@pytest.mark.parametrize("service", SERVICES)
def test_no_other_secret_is_in_the_environment_of_a_service(made: Plan, service: str) -> None:
    allowed = {service, f"audit-{service}"} if service in OWNERS else set()
    allowed |= {f"{name}_inbox" for name in HEARS.get(service, ())} | MORE.get(service, set())
    told = json.dumps(environment(made, service))
    assert {name for name, secret in made.passwords.items() if secret in told} == allowed


@pytest.mark.parametrize("service", SERVICES)
def test_over_a_broker_no_service_knows_an_inbox_of_another(tmp_path: Path, service: str) -> None:
    made = plan(tmp_path, 8080, "ninh-binh", "amqp://motcua:broker-password@127.0.0.1/")
    told = json.dumps(environment(made, service))
    assert [
        name for name, secret in made.passwords.items() if name.endswith("_inbox") and secret in told
    ] == []
    assert ("broker-password" in told) == (service in OWNERS)


def test_each_service_that_signs_has_a_folder_of_its_own(made: Plan) -> None:
    folders = {
        value
        for service in SERVICES
        for key, value in environment(made, service).items()
        if key.endswith(("_SIGNING_FOLDER", "_KEY_FOLDER"))
    }
    assert {Path(folder).relative_to(made.folder) for folder in folders} == {
        Path("signing/intake"),
        Path("signing/processing"),
        Path("keys/identity"),
        Path("keys/qa"),
    }


def test_a_setting_of_one_service_goes_before_the_one_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_DATABASE_POOL", "5")
    monkeypatch.setenv("MOTCUA_INTAKE_DATABASE_POOL", "7")
    intake = type("Settings", (ServiceSettings,), {"__module__": "intake.settings"})
    stats = type("Settings", (ServiceSettings,), {"__module__": "stats.settings"})
    assert (intake().database_pool, stats().database_pool) == (7, 5)


def test_what_is_meant_for_one_service_is_nothing_for_another() -> None:
    assert belongs_to_another("MOTCUA_NOTIFY_SMS_TOKEN", "intake")
    assert not belongs_to_another("MOTCUA_NOTIFY_SMS_TOKEN", "notify")
    assert not belongs_to_another("MOTCUA_PROFILE", "intake")
    assert not belongs_to_another("MOTCUA_GATEWAY_FILE", "portal")  # read by both, so that both lead alike
    assert belongs_to_another("MOTCUA_GATEWAY_FILE", "intake")
    assert not belongs_to_another("PATH", "intake")


def test_a_child_never_sees_what_is_withheld(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_NOTIFY_SMS_TOKEN", "secret")

    async def tell() -> None:
        os.write(1, " ".join(name for name in os.environ if name.startswith("MOTCUA_")).encode())

    log = tmp_path / "child.log"
    child = fork("child", tell, {"MOTCUA_PROFILE": "x"}, log, ["MOTCUA_NOTIFY_SMS_TOKEN"])
    os.waitpid(child.pid, 0)
    assert "MOTCUA_PROFILE" in log.read_text()
    assert "SMS_TOKEN" not in log.read_text()


def test_where_there_is_a_redis_news_go_there_and_nowhere_else(tmp_path: Path) -> None:
    told = environment(plan(tmp_path, 8080, "ninh-binh", redis_url="redis://there:6379/0"), "intake")
    assert told["MOTCUA_INTAKE_REDIS_URL"] == "redis://there:6379/0"
    assert "MOTCUA_INTAKE_NOTIFY_URL" not in told


def test_where_heads_of_access_logs_go_is_the_operators_word_for_who_ships_and_who_verifies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = plan(tmp_path, 8080, "ninh-binh")
    assert own.heads_url == (tmp_path / "audit").as_uri()
    monkeypatch.setenv("MOTCUA_AUDIT_HEADS_URL", "s3+https://heads.example/locked")
    made = plan(tmp_path, 8080, "ninh-binh")
    told = {environment(made, name)[f"MOTCUA_{name.upper()}_AUDIT_HEADS_URL"] for name in OWNERS}
    assert told == {made.heads_url} == {"s3+https://heads.example/locked"}
    assert installation_at(tmp_path, made.files_url).heads_url == made.heads_url
    monkeypatch.delenv("MOTCUA_AUDIT_HEADS_URL")
    assert made.heads_url == "s3+https://heads.example/locked"  # as the note of the run keeps it


def test_in_containers_verification_looks_where_the_services_were_told_to_ship(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_secrets(tmp_path)
    assert contained(tmp_path).heads_url == contained(tmp_path).files_url
    for name in OWNERS:
        (tmp_path / f"motcua_{name}_audit_heads_url").write_text("s3+https://heads.example/locked\n")
    assert contained(tmp_path).heads_url == "s3+https://heads.example/locked"
    monkeypatch.setenv("MOTCUA_AUDIT_HEADS_URL", "s3+https://other.example/locked")
    assert contained(tmp_path).heads_url == "s3+https://other.example/locked"
