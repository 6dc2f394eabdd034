"""The route table contradicts itself nowhere, and says so where somebody makes it."""

from typing import Any

import pytest
from gateway.domain.bootstrap import render
from gateway.domain.clusters import Address, addresses
from gateway.domain.replies import INCIDENT
from gateway.domain.table import Override, TableError, read_table, with_overrides
from gateway.domain.waiting import BUSY, waiting_page
from gateway.main import bootstrap, route_table
from gateway.settings import Settings

HERE = Address("127.0.0.1", 1)
SERVICES = {row.service for row in route_table() if row.service}


def table(*rows: dict[str, Any]) -> dict[str, Any]:
    limits = {"api": {"requests": 1, "seconds": 1}}
    return {"limits": limits, "bodies": {"usual": 1}, "routes": rows}


def test_every_api_address_that_no_row_names_is_closed() -> None:
    rows = route_table()
    last_api = next(row for row in rows if row.prefix == "/api")
    assert last_api.service is None
    assert all(
        (row.prefix or "").startswith(("/api/", "/health", "/metrics")) or row.path or row.regex
        for row in rows[: rows.index(last_api)]
    )


def test_every_service_of_the_table_has_its_rows_under_its_own_name() -> None:
    for row in route_table():
        if row.service and row.service != "portal":
            assert row.address.startswith(f"/api/{row.service}"), row


@pytest.mark.parametrize(
    "row",
    [
        {"service": "x", "token": "none", "limit": "api"},
        {"prefix": "/a", "path": "/a", "service": "x", "token": "none", "limit": "api"},
        {"prefix": "/a", "token": "none", "limit": "api"},
        {"prefix": "/a", "service": "x", "limit": "api"},
        {"prefix": "/a", "service": "x", "token": "perhaps", "limit": "api"},
        {"prefix": "/a", "service": "x", "token": "none", "limit": "unknown"},
        {"prefix": "/a", "service": "x", "token": "none", "limit": "api", "body": "huge"},
    ],
)
def test_a_row_that_cannot_be_meant_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(TableError):
        read_table(table(row))


@pytest.mark.parametrize(
    "prefix",
    [
        "/api/nothing/agencies/H42.15",
        "/api/intake/agencies/H42.15",
        "/somewhere",
        "/api/processing",
        "/api/processing/agencies",
        "/api/processing/agencies/",
        "/api/processing/agencies/H42.15/",
        "/api/processing/agencies/H42.15/dossiers",
        "/api/processing/agencies/everybody",
        "/api/processing/openapi.json",
    ],
)
def test_an_override_is_one_agencys_work_and_lies_under_one_row_for_all_methods(prefix: str) -> None:
    with pytest.raises(TableError):
        with_overrides(route_table(), [Override(prefix, "127.0.0.1:1")])


@pytest.mark.parametrize("nearer_first", [True, False])
def test_of_two_agencies_that_fit_the_nearer_ones_instance_answers(nearer_first: bool) -> None:
    told = [Override(f"/api/processing/agencies/{code}", "10.0.0.5:1") for code in ("H42.15.03", "H42.15")]
    rows = with_overrides(route_table(), told if nearer_first else told[::-1])
    own = [row.prefix for row in rows if (row.service or "").startswith("override") and row.prefix]
    assert [prefix.rpartition("/")[2] for prefix in own] == ["H42.15.03", "H42.15"]


def test_an_override_keeps_what_its_row_says() -> None:
    rows = with_overrides(route_table(), [Override("/api/processing/agencies/H42.15", "10.0.0.5:1")])
    own = [row for row in rows if row.service and row.service.startswith("override")]
    parent = next(row for row in rows if row.prefix == "/api/processing")
    assert [row.token for row in own] == [parent.token] * 2
    assert rows.index(own[0]) < rows.index(parent)


def test_a_service_without_an_address_is_named() -> None:
    with pytest.raises(TableError, match="stats"):
        render(route_table(), dict.fromkeys(SERVICES - {"stats"}, (HERE,)), HERE)


@pytest.mark.parametrize("text", ["", "intake", "http://intake", ":80", "intake:http", "intake:1?ready=soon"])
def test_an_address_without_host_or_port_is_refused(text: str) -> None:
    with pytest.raises(TableError):
        Address.parse(text)


def test_settings_become_a_configuration_without_an_admin_page() -> None:
    urls = {name: f"http://{name}:8000/" for name in SERVICES}
    written = bootstrap(Settings(services=urls))
    assert "admin" not in written
    kinds = {cluster["name"]: cluster["type"] for cluster in written["static_resources"]["clusters"]}
    assert {name: kinds[name] for name in SERVICES} == dict.fromkeys(SERVICES, "STRICT_DNS")


def test_several_replicas_are_named_with_where_they_say_that_they_are_ready() -> None:
    assert addresses("http://10.0.0.5:8000?ready=9464, 10.0.0.6:8000") == (
        Address("10.0.0.5", 8000, 9464),
        Address("10.0.0.6", 8000),
    )


def test_only_a_crowd_is_told_that_submitting_goes_first() -> None:
    """Where a service is away nobody's dossier is taken, and the page must not say so."""
    said = {
        words["vi"]: waiting_page(words, INCIDENT)["text_format_source"]["inline_string"]
        for words in (BUSY, {"vi": "Dịch vụ tạm thời gián đoạn.", "en": "The service is interrupted."})
    }
    assert [("vẫn nhận" in page, "goes first" in page) for page in said.values()] == [
        (True, True),
        (False, False),
    ]
