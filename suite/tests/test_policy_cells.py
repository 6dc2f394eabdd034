"""The policy, cell by cell, against the running routes: whose role lacks a right hears 403 of everything it opens."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import httpx
import pytest
import yaml
from audit.writing import WrittenDown
from common.api.deps import Only
from common.ids import uuid7
from fastapi import FastAPI
from fastapi.routing import APIRoute
from live.limited import Limited
from regulation.roles import POLICY, Right, Role, who_may
from suite.check.manifests import composed
from suite.run.layout import OWNERS
from suite.testing import client, officer

TABLE: Final[Mapping[str, list[str]]] = yaml.safe_load(
    (Path(__file__).parent / "routes_by_right.yaml").read_text("utf-8")
)
PART = re.compile(r"{([a-z_]+)(?::[a-z]+)?}")
NAMED = {"agency": "H42.101", "code": "H42.101-261207-0001", "number": "1", "kind": "x", "page": "x"}
OTHERS = {"dossier.submit", "catalogue.read_edits", "operations.keep", "conduct.read", "conduct.keep"}
OTHERS |= {"improvement.keep"}
"""Rights that a story asks for itself, behind a route that others may use as well."""
BOOKS = "/api/registers/books"
"""Each book names the rights to it, so its routes let in whoever has one; the tests of the books ask them."""


@cache
def app(service: str) -> FastAPI:
    """Compose a service that has no database: rights are asked before anything is read.

    Nothing is written down either: an answer would be held back where its line cannot be kept. Nor is anything
    counted: all roles ask from one address.
    """
    made: FastAPI = composed(service, "create_app")
    left_out: tuple[object, ...] = (WrittenDown, Limited)
    made.user_middleware = [one for one in made.user_middleware if one.cls not in left_out]
    return made


def guarded() -> dict[str, frozenset[str]]:
    """Give every route that asks for roles, with those it lets in; services' own routes among each other are none."""
    return {
        f"{method} {route.path}": frozenset(one.call)
        for service in OWNERS
        for route in app(service).routes
        if isinstance(route, APIRoute) and route.path.startswith("/api/") and not route.path.startswith(BOOKS)
        for one in route.dependant.dependencies
        if isinstance(one.call, Only) and not one.call.isdisjoint(Role)
        for method in sorted(route.methods or ())
    }


async def status(route: str, role: Role) -> tuple[int, str]:
    method, path = route.split(" ", 1)
    caller = officer(role, agency="H42.101", unit="mot-cua", scope="province", subject=str(uuid7()))
    filled = PART.sub(lambda part: NAMED.get(part[1], str(uuid7())), path)
    async with client(app(path.split("/")[2]), caller) as web:
        asked: httpx.Response = await web.request(method, filled, headers={"Idempotency-Key": str(uuid7())})
    said = asked.json() if "json" in asked.headers.get("content-type", "") else {}
    return asked.status_code, str(said.get("code", ""))


def test_s18_the_table_names_every_right_and_every_route_that_asks_for_one() -> None:
    assert set(TABLE) == {right.value for right in Right}
    told = {route: right for right, routes in TABLE.items() if right not in OTHERS for route in routes}
    asked = guarded()
    assert sorted(told.keys() ^ asked.keys()) == []
    assert [route for route, right in told.items() if asked[route] != who_may(Right(right))] == []


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", [right for right in Right if right not in OTHERS])
async def test_s18_each_cell_of_the_policy_is_what_the_routes_do(right: Right, role: Role) -> None:
    has = role in POLICY[right].grants
    answers = {route: await status(route, role) for route in TABLE[right]}
    assert answers
    wrong = {route: said for route, said in answers.items() if (said[0] != 403) is not has}
    assert wrong == {}


async def test_the_sweep_sees_a_route_that_lets_a_wrong_role_in() -> None:
    assert (await status("GET /api/catalog/levels", Role.EMBED))[0] != 403
    assert json.dumps(await status("GET /api/intake/desk/counts", Role.CITIZEN)) == '[403, "forbidden"]'


CONTENT = ("/api/intake/", "/api/processing/", "/api/qa/questions", "/api/qa/feedback")
OWN_WORK = {"malware_report.read", "operations.read"}
"""Rights of the operator that name no content of a dossier: which file is held, how the system stands."""


def test_r_ops_13_the_operator_reads_and_does_nothing_about_a_dossier_by_default() -> None:
    opened = {
        route: right
        for right, routes in TABLE.items()
        if right not in OWN_WORK and Role.OPERATOR in who_may(Right(right))
        for route in routes or ()
        if route.split(" ", 1)[1].startswith(CONTENT) and "access-lines" not in route
    }
    assert opened == {}
