"""What may be tried out by guessing is counted for all replicas together: asked of every route of every service."""

import json
import re
from collections.abc import Iterator
from functools import cache

import pytest
from gateway.domain.table import Route, covers
from gateway.main import route_table
from live.limited import Row, read_rows
from live.under_way import FORM, MOST
from suite.run.manifest import manifests
from suite.run.places import checkout

GUESSED = re.compile(
    r"POST /api/identity/sessions"  # a password
    r"|POST /api/identity/provider/.*"  # a code of the outside provider
    r"|GET /api/identity/work"
    r"|PUT /api/identity/me/password"
    r"|PATCH /api/identity/me"  # a password, with another telephone
    r"|POST /api/identity/me/closing"
    r"|POST /api/identity/me/second-factor(/.*)?"
    r"|POST /api/identity/me/(email-changes|phone-proofs)(/.*)?"
    r"|POST /api/identity/(registrations|password-resets)(/.*)?"  # a code of six digits, somebody's mailbox
    r"|POST /api/intake/lookups"
    r"|POST /api/qa/(questions|feedback)"  # whatever address is typed gets our mail
    r"|POST /api/qa/(follow-ups|own-questions/.*)/supplements"
    r"|POST /api/qa/counter-ratings(/openings)?"  # a code of eight digits
    r"|PUT /api/qa/surveys/.*"  # whoever answers often fills the result
    r"|GET /api/intake/(tracking|verifications)/.*"  # a dossier's code, a paper's
)
"""Routes by which somebody could find out by trying, or make us write to a stranger."""
NOT_FROM_OUTSIDE = (
    *(f"/api/identity/{place}" for place in ("service-tokens", "contacts", "ended-sessions")),
    "/api/qa/contacts",
    "/api/qa/exchange/feedback",
)


def operations() -> Iterator[tuple[str, str, str]]:
    """Give (service, method, path) of every route that is promised."""
    for file in sorted((checkout() / "contracts/openapi").glob("*.json")):
        for path, methods in json.loads(file.read_text())["paths"].items():
            for method in methods:
                yield file.stem, method.upper(), path.replace("{", "").replace("}", "")


@cache
def rows(service: str) -> tuple[Row, ...]:
    """Read what a service counts."""
    file = checkout() / "services" / service / service / "limits.json"
    return read_rows(json.loads(file.read_text())) if file.exists() else ()


def at_the_edge(method: str, path: str) -> Route:
    """Return the row of the gateway's table that decides about a request."""

    def holds(row: Route) -> bool:
        if row.multipart or (row.methods and method not in row.methods):
            return False
        if row.prefix is not None:
            return row.prefix == "/" or covers(row.prefix, path)
        return path == row.path or bool(row.regex and re.fullmatch(row.regex, path))

    return next(row for row in route_table() if holds(row))


def counted(service: str, method: str, path: str) -> int:
    """Return how many of a request a service lets through, 0 where it does not count."""
    return next((row.most for row in rows(service) if row.holds(method, path)), 0)


def test_there_are_routes_of_every_service() -> None:
    known = {service for service, _, _ in operations()}
    assert known == {name for name, told in manifests().items() if told.database}
    assert sum(1 for _ in operations()) > 100


@pytest.mark.parametrize(("service", "method", "path"), list(operations()), ids=lambda part: part)
def test_a_route_is_counted_exactly_where_it_can_be_guessed_at(service: str, method: str, path: str) -> None:
    limit = at_the_edge(method, path).limit
    most = counted(service, method, path)
    if path.startswith(NOT_FROM_OUTSIDE):
        assert (limit, most) == (None, 0)
        return
    assert limit is not None
    assert most == limit.shared
    assert bool(most) == bool(GUESSED.fullmatch(f"{method} {path}"))


def test_one_edge_never_lets_through_what_its_services_refuse() -> None:
    """Pages and API have a row each at the edge, and both end at the same service."""
    for limit in {row.limit for row in route_table() if row.limit is not None and row.limit.shared}:
        assert limit.shared == 2 * limit.requests, limit.name


def test_a_page_that_leads_to_a_guess_is_limited_at_the_edge_as_the_guess_is() -> None:
    pages = {"/dang-nhap": "sign_in", "/en/dang-nhap": "sign_in", "/dang-ky": "registration"}
    pages |= {"/quen-mat-khau/x": "registration", "/can-bo/dang-nhap": "sign_in"}
    for page, limit in pages.items():
        assert getattr(at_the_edge("POST", page).limit, "name", "") == limit, page
    assert getattr(at_the_edge("POST", "/danh-gia-tai-quay/cham").limit, "name", "") == "counter"
    assert at_the_edge("GET", "/tra-cuu/H42.101-261207-0001").limit.name == "lookup"  # type: ignore[union-attr]
    assert at_the_edge("GET", "/en/xac-minh/x").limit.name == "lookup"  # type: ignore[union-attr]


def test_the_edge_and_those_who_get_an_upload_agree_how_large_it_may_be() -> None:
    told = {(row.service == "portal", row.body_bytes) for row in route_table() if row.multipart}
    assert told == {(True, FORM), (False, MOST)}, (
        "a page comes with all its files, a service gets them one by one"
    )
