"""Requests made up from what each service promises: nothing breaks, and every answer is one that was promised."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import hypothesis
import pytest
import schemathesis
import uvicorn
from common.security import Caller
from fastapi import FastAPI
from regulation.roles import Role
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from suite.run.layout import OWNERS, module
from suite.run.places import free_port
from suite.testing import citizen, officer, token, verifier

EACH = int(os.environ.get("MOTCUA_FUZZ", "4"))  # requests to one route by one person
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
NO_OFFICERS = {
    Role.VISITOR,
    Role.CITIZEN,
    Role.ORGANISATION,
    Role.DELEGATE,
    Role.CONNECTOR,
    Role.EMBED,
    Role.SYSTEM,
}
EVERYBODY = officer(*sorted(set(Role) - NO_OFFICERS), scope="province")
PEOPLE = (citizen(), EVERYBODY)


@pytest.fixture(params=OWNERS)
async def served(
    request: pytest.FixtureRequest, fresh_database, tmp_path: Path
) -> AsyncIterator[tuple[FastAPI, str]]:
    """Serve one service on a port of this machine, on its own empty database."""
    service = request.param
    settings = module(service, "settings").Settings(
        database_url=(database := await fresh_database(service)).dsn,
        files_url=(tmp_path / "files").as_uri(),
        signing_folder=tmp_path,
        key_folder=tmp_path,
    )
    app = module(service, "main").create_app(settings, database)
    app.state.verifier = verifier()
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, access_log=False))
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    yield app, f"http://127.0.0.1:{port}"
    server.should_exit = True
    await task


def play(app: FastAPI, url: str, caller: Caller) -> list[str]:
    """Send requests to every route as one person, and tell what was not as promised."""
    schema, broken = schemathesis.openapi.from_dict(app.openapi()), []
    for found in schema.get_all_operations():
        operation = found.ok()

        @hypothesis.settings(
            max_examples=EACH,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[hypothesis.Phase.generate],
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        @hypothesis.given(operation.as_strategy())
        def once(case: schemathesis.Case) -> None:
            headers = {"Authorization": f"Bearer {token(caller)}"}
            case.call_and_validate(base_url=url, headers=headers, checks=CHECKS, timeout=20)

        try:
            once()
        except FailureGroup as failures:
            broken += [f"{operation.label}: {one.title} {one.message}" for one in failures.exceptions]
        except Failure as one:
            broken.append(f"{operation.label}: {one.title} {one.message}")
    return broken


@pytest.mark.parametrize("caller", PEOPLE, ids=lambda caller: caller.kind)
async def test_s56_no_request_breaks_a_service_and_every_answer_was_promised(
    served: tuple[FastAPI, str], caller: Caller
) -> None:
    app, url = served
    assert await asyncio.to_thread(play, app, url, caller) == []


def choices(told: dict[str, Any]) -> Iterator[str]:
    """Yield an address for each value that a parameter of a list may have, each alone."""
    named = told["components"]["schemas"]

    def values(schema: dict[str, Any]) -> list[Any]:
        if "$ref" in schema:
            schema = named[schema["$ref"].rpartition("/")[2]]
        inner = [value for one in schema.get("anyOf", []) for value in values(one)]
        return [*schema.get("enum", []), *inner]

    for path, operations in told["paths"].items():
        for parameter in operations.get("get", {}).get("parameters", []):
            if parameter["in"] == "query":
                yield from (f"{path}?{parameter['name']}={value}" for value in values(parameter["schema"]))


EDGES = ("0001-01-01", "1900-01-01", "2199-12-31", "9999-12-31")
UNRECKONED = {"content.process.decision_on"}
"""Days that are kept as they are written and with which nothing is reckoned."""


Placed = tuple[str, dict[str, Any]]
"""A schema and where it stands."""


def said(schema: dict[str, Any], named: dict[str, Any], place: str = "", within: int = 8) -> Iterator[Placed]:
    """Yield each day or moment that a schema takes, with its place."""
    if "$ref" in schema:
        schema = named[schema["$ref"].rpartition("/")[2]]
    if schema.get("format") in ("date", "date-time"):
        yield place, schema
    if within:
        inner = [(place, one) for one in (*schema.get("anyOf", ()), *schema.get("allOf", ()))]
        inner += [(f"{place}.{name}".strip("."), one) for name, one in schema.get("properties", {}).items()]
        many = (schema.get(name) for name in ("items", "additionalProperties"))
        inner += [(place, one) for one in many if isinstance(one, dict)]
        for where, one in inner:
            yield from said(one, named, where, within - 1)


def sent(operation: dict[str, Any]) -> Iterator[Placed]:
    """Yield the schemas of what an operation takes."""
    yield from ((one["name"], one["schema"]) for one in operation.get("parameters", ()))
    yield from (("", one["schema"]) for one in operation.get("requestBody", {}).get("content", {}).values())


async def test_s56_every_day_that_somebody_sends_is_within_what_is_reckoned_with(
    served: tuple[FastAPI, str],
) -> None:
    app, url = served
    told, places = app.openapi(), []
    for path, operations in told["paths"].items():
        for operation in operations.values():
            for begin, schema in sent(operation):
                for place, one in said(schema, told.get("components", {}).get("schemas", {}), begin):
                    assert "formatMaximum" in one or place in UNRECKONED, (
                        path,
                        place,
                        "take a Day or a Moment",
                    )
        places += [
            f"{path}?{one['name']}={day}{'T00:00:00Z' if 'date-time' in str(one['schema']) else ''}"
            for one in operations.get("get", {}).get("parameters", ())
            if one["in"] == "query" and "formatMaximum" in str(one["schema"])
            for day in EDGES
        ]
    headers = {"Authorization": f"Bearer {token(EVERYBODY)}"}
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=20) as web:
        answers = {place: (await web.get(place)).status_code for place in places}
    assert {place: status for place, status in answers.items() if status >= 500} == {}
    assert {status for place, status in answers.items() if "9999" in place} <= {403, 404, 422}


async def test_s56_each_choice_of_each_list_is_answered(served: tuple[FastAPI, str]) -> None:
    app, url = served
    headers = {"Authorization": f"Bearer {token(EVERYBODY)}"}
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=20) as web:
        answers = {place: (await web.get(place)).status_code for place in choices(app.openapi())}
    assert {place: status for place, status in answers.items() if status >= 500} == {}
    refused = [place for place, status in answers.items() if status == 403]
    assert len(refused) <= len(answers) / 2, "who may nothing asks in vain"
