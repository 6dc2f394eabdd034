"""Health and numbers: told on a listener of their own, and nowhere where people come in."""

import re
import time
from email.utils import formatdate
from pathlib import Path
from typing import Any

import httpx
import pytest
from common.api import create_service_app
from common.database import Database
from common.errors import UnauthenticatedError
from common.security import Verifier
from gateway.main import route_table
from suite.check.contracts import NOWHERE
from suite.check.manifests import contradictions
from suite.run.layout import SERVICES, module
from suite.run.manifest import manifests
from suite.run.watched import health, watched
from suite.testing import FreshDatabase, client, signer

PRIVATE = ("/health/live", "/health/ready", "/metrics")


@pytest.fixture
async def database(fresh_database: FreshDatabase) -> Database:
    return await fresh_database("stats")


def test_what_is_private_is_all_that_the_other_listener_answers() -> None:
    assert {getattr(route, "path", "") for route in health.routes} == set(PRIVATE)


async def test_r_ops_16_readiness_asks_the_database_and_own_checks_and_ends_with_draining(
    database: Database,
) -> None:
    answers = {"own": True}

    async def own() -> bool:
        return answers["own"]

    app = create_service_app(name="stats", database=database, verifier=None, routers=[], readiness=[own])
    async with client(watched(app)) as http:
        assert (await http.get("/health/live")).status_code == 200
        assert (await http.get("/health/ready")).status_code == 200
        answers["own"] = False
        assert (await http.get("/health/ready")).status_code == 503
        answers["own"], app.state.draining = True, True
        assert (await http.get("/health/ready")).json()["status"] == "not-ready"


async def test_a_service_is_not_ready_while_its_database_lacks_a_migration(database: Database) -> None:
    pool = await database.pool()
    await pool.execute("update stats_migration set version_num = '0000'")
    app = create_service_app(name="stats", database=database, verifier=None, routers=[])
    async with client(watched(app)) as http:
        answer = await http.get("/health/ready")
    assert (answer.status_code, answer.json()["checks"]) == (
        503,
        {"draining": True, "database": True, "migrated": False, "clock": True},
    )


@pytest.mark.parametrize(
    ("ahead", "others", "ready"),
    [(0, 0, True), (3600, 0, False), (-3600, 0, False), (0, 3600, True), (5, 0, True)],
    ids=["right", "ahead", "behind", "the key server is wrong", "a little"],
)
async def test_r38_a_machine_whose_clock_judges_tokens_wrongly_takes_no_traffic(
    database: Database, monkeypatch: pytest.MonkeyPatch, ahead: int, others: int, ready: bool
) -> None:
    right, real = time.time, httpx.AsyncClient

    def answer(request: httpx.Request) -> httpx.Response:
        date = formatdate(right() + others, usegmt=True)
        return httpx.Response(200, headers={"date": date}, json={**signer().jwks(), "until": 0, "ended": []})

    def reached(**_: object) -> httpx.AsyncClient:
        return real(transport=httpx.MockTransport(answer))

    verifier = Verifier.from_url("http://identity/api/identity/jwks")
    app = create_service_app(name="stats", database=database, verifier=verifier, routers=[])
    async with client(watched(app)) as http:
        app.state.verifier = verifier
        assert (await http.get("/health/ready")).json()["checks"]["clock"]
        monkeypatch.setattr("common.security.httpx.AsyncClient", reached)
        monkeypatch.setattr(time, "time", lambda: right() + ahead)
        with pytest.raises(UnauthenticatedError):
            await verifier.verify(signer().sign({}))
        told = await http.get("/health/ready")
    assert (told.status_code == 200, told.json()["checks"]["clock"]) == (ready, ready)


async def test_a_process_whose_database_is_away_tells_so_beside_its_own_numbers() -> None:
    away = Database("postgresql://nobody:-@127.0.0.1:1/nowhere")
    app = create_service_app(name="stats", database=away, verifier=None, routers=[])
    async with client(watched(app)) as http:
        answer = await http.get("/metrics")
    assert answer.status_code == 200
    assert 'motcua_database_answers{service="stats"} 0.0' in answer.text
    assert re.search(r"^process_cpu_seconds_total [\d.e+]+$", answer.text, re.M)
    assert "motcua_outbox_unpublished{" not in answer.text
    await away.dispose()


def _prefixes() -> list[str]:
    """Return every address below which somebody might ask: those of the table, every service's, and the languages'."""
    rows = {row.prefix or row.path or "" for row in route_table()} | {f"/api/{name}" for name in SERVICES}
    return sorted(row.rstrip("/") for row in {*rows, "/en", "/vi", "/can-bo", "/en/can-bo"})


@pytest.mark.parametrize("service", SERVICES)
async def test_no_api_answers_what_is_private_below_any_address(service: str, tmp_path: Path) -> None:
    given = {
        "database_url": NOWHERE,
        "files_url": "memory:///",
        "signing_folder": tmp_path,
        "key_folder": tmp_path,
        "rate_scale": 1_000,  # none of them is told that it asked too often, instead of what it asked for
    }
    app = module(service, "main").create_app(module(service, "settings").Settings(**given), Database(NOWHERE))
    asked = [
        f"{prefix}{private}{tail}" for prefix in _prefixes() for private in PRIVATE for tail in ("", "/")
    ]
    async with client(app) as http:
        answers = {path: await http.get(path) for path in asked}
    told = [path for path, one in answers.items() if "motcua_" in one.text or '"checks"' in one.text]
    assert told == []
    assert {one.status_code for one in answers.values()} <= {303, 308, 401, 404, 405, 503}


def test_an_api_that_answers_a_probe_itself_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    compose = module("stats", "main").create_app

    def careless(*given: Any) -> Any:
        app = compose(*given)
        app.router.routes.extend(health.routes)
        return app

    monkeypatch.setattr(module("stats", "main"), "create_app", careless)
    found = list(contradictions({"stats": manifests()["stats"]}))
    assert "stats: its API answers /metrics to everybody" in found
