"""The administration has a host of its own: nobody finds it elsewhere, and nobody reaches it from elsewhere."""

import re
from collections.abc import Callable
from datetime import timedelta
from ipaddress import ip_network

import httpx
import pytest
import yaml
from common.security import Signer
from gateway.domain.table import Administration, Route, TableError, covers
from gateway.main import administration, route_table
from gateway.settings import Settings
from portal.domain.addresses import PAGES as ALL_PAGES
from regulation.roles import Right
from suite.run.places import checkout

MakeEdge = Callable[..., httpx.Client]
HOST, HERE, ELSEWHERE = "quan-tri.tinh.example", "127.0.0.0/8", "10.9.0.0/16"
WORK = [
    "agency",
    "call",
    "draft",
    "dossier",
    "desk",
    "handling",
    "question",
    "feedback",
    "rating",
    "survey",
    "evaluation",
]
RIGHTS = {
    Right.EDIT_CATALOGUE,
    Right.EDIT_DIRECTORY,
    Right.EDIT_NOTICES,
    Right.REGISTER_DECISION,
    Right.REQUEST_CHANGE,
    Right.READ_CHANGES,
    Right.READ_DRAFTS,
    Right.CHECK_CONTENT,
    Right.READ_OFFICERS,
    Right.GRANT_RIGHTS,
    Right.CONFIRM_GRANTS,
    Right.READ_OPERATIONS,
    Right.KEEP_OPERATIONS,
    Right.SUSPEND_ACCOUNT,
    Right.CONFIRM_SUSPENSION,
    Right.READ_HOLDS,
    Right.HOLD_RECORDS,
    Right.CONFIRM_HOLD,
    Right.BAR_ASKER,
}
"""Whatever these open is administration, and nothing else of the same list is."""
BOOKS = {
    Right.READ_CONDUCT,
    Right.KEEP_CONDUCT,
    Right.READ_IMPROVEMENTS,
    Right.KEEP_IMPROVEMENTS,
}
"""Rights of books: what opens their routes is said by each book, and all books are administration."""
EVERYWHERE = {
    *(right for right in Right if right.partition(".")[0] in WORK and right is not Right.BAR_ASKER),
    Right.READ_ACCESS_LOG,
    Right.READ_EDITS,
    Right.READ_MALWARE,
    Right.DRILL_DOWN,
}
"""Rights of applicants, of the daily work on dossiers, questions, feedback, and of who looks on."""
API_OF = {
    "can-bo": "/api/identity/officers",
    "cap-quyen": "/api/identity/grant-proposals",
    "tam-ngung": "/api/identity/suspensions",
    "giu-lai": "/api/identity/holds",
    "khong-duoc-hoi": "/api/qa/bars",
    "dang-ky-quyen": "/api/identity/rights-requests",
    "vai-tro-tinh": "/api/identity/role-holders",
    "ra-soat": "/api/identity/usage-reviews",
    "quyet-dinh": "/api/catalog/publication-decisions",
    "de-nghi": "/api/catalog/change-requests",
    "thu-tuc": "/api/catalog/drafts",
    "do-phu": "/api/catalog/coverage",
}
"""Whose pages these are: what is administration as a page is no less so by its API."""
OWN = "/api/identity/me/"
"""What everybody does of the own account is none, whatever right opens it."""
PAGES = (
    "/can-bo/quan-tri/can-bo",
    "/en/can-bo/quan-tri/cap-quyen",
    "/can-bo/van-hanh",
    "/can-bo/so/incidents",
)
FOR_ALL = (
    "/",
    "/can-bo/tiep-nhan",
    "/can-bo/dang-nhap",
    "/api/catalog/procedures",
    "/api/identity/me",
    "/can-bo/so-do",
)


def routes() -> list[tuple[str, str, bool]]:
    """Give (method, path, whether it is administration) of every route that some right opens."""
    told = yaml.safe_load((checkout() / "suite/tests/routes_by_right.yaml").read_text())
    found: dict[tuple[str, str], bool] = {}
    for right, listed in told.items():
        for one in listed or ():
            method, path = one.split(" ")
            ours = right in RIGHTS and not path.startswith(OWN)
            found[method, re.sub(r"{\w+}", "x1", path)] = found.get((method, path), False) or ours
    return [(method, path, ours) for (method, path), ours in found.items()]


def at_the_edge(method: str, path: str) -> Route:
    """Return the row of the table that decides about a request."""

    def holds(row: Route) -> bool:
        if row.multipart or (row.methods and method not in row.methods):
            return False
        if row.prefix is not None:
            return row.prefix == "/" or covers(row.prefix, path)
        return path == row.path or bool(row.regex and re.fullmatch(row.regex, path))

    return next(row for row in route_table() if holds(row))


ADMINISTRATION = [(method, path) for method, path, ours in routes() if ours]
ASKED = [*ADMINISTRATION, *(("GET", page) for page in PAGES)]


def test_of_every_right_it_is_said_whether_it_is_administration() -> None:
    told = (RIGHTS, BOOKS, EVERYWHERE)
    assert {right for right in Right if sum(right in some for some in told) != 1} == set()
    assert all(at_the_edge("GET", f"/api/registers/books/{book}").administration for book in ("x", "y/z"))


def test_what_a_page_of_the_administration_shows_is_refused_elsewhere_by_the_api_too() -> None:
    shown = {page: at_the_edge("GET", f"/can-bo/quan-tri/{page}").administration for page in API_OF}
    assert shown == dict.fromkeys(API_OF, True)
    pages = {page.split("/")[3] for page in ALL_PAGES if page.startswith("/can-bo/quan-tri/")}
    assert pages <= set(API_OF), "say which API the new page shows"
    for path in API_OF.values():
        assert at_the_edge("GET", path).administration, path
        assert at_the_edge("POST", f"{path}/x1/ending").administration, path


def test_the_table_knows_every_route_of_the_administration() -> None:
    assert len(ADMINISTRATION) > 20
    wrong = [
        f"{method} {path}"
        for method, path, ours in routes()
        if at_the_edge(method, path).administration is not ours
        and not path.startswith("/api/registers/books")
    ]
    assert wrong == []
    assert all(at_the_edge("GET", page).administration for page in PAGES)
    assert not any(at_the_edge("GET", page).administration for page in FOR_ALL)


@pytest.fixture(scope="module")
def ask(make_edge: MakeEdge, signer: Signer) -> Callable[[str, str, str, str], httpx.Response]:
    """Give a way to ask, by its own edge, for whom the administration is: (network, host, method, path)."""
    edges = {
        network: make_edge(administration=Administration(HOST, (ip_network(network),)))
        for network in (HERE, ELSEWHERE)
    }
    claims = {"sub": "1", "kind": "officer", "roles": ["agency_admin"]}
    token = signer.sign(claims, timedelta(minutes=5))

    def send(network: str, host: str, method: str, path: str) -> httpx.Response:
        headers = {"host": host, "authorization": f"Bearer {token}"}
        return edges[network].request(method, path, headers=headers)

    return send


def test_r_sec_10_every_route_is_answered_on_its_host_to_its_networks_alone(
    ask: Callable[[str, str, str, str], httpx.Response],
) -> None:
    expected = {
        (HERE, HOST): 200,
        (HERE, f"{HOST}:8443"): 200,
        (HERE, "motcua.tinh.example"): 404,
        (ELSEWHERE, HOST): 403,
        (ELSEWHERE, "motcua.tinh.example"): 404,
    }
    wrong = [
        (network, host, method, path, status)
        for (network, host), wanted in expected.items()
        for method, path in ASKED
        if (status := ask(network, host, method, path).status_code) != wanted
    ]
    assert wrong == []


def test_everything_else_stays_where_it_was(ask: Callable[[str, str, str, str], httpx.Response]) -> None:
    for page in FOR_ALL:
        assert ask(ELSEWHERE, "motcua.tinh.example", "GET", page).status_code == 200
        assert ask(HERE, HOST, "GET", page).status_code == 200
        assert ask(ELSEWHERE, HOST, "GET", page).status_code == 403


def test_behind_a_trusted_proxy_the_client_counts(make_edge: MakeEdge) -> None:
    edge = make_edge(administration=Administration(HOST, (ip_network(ELSEWHERE),)), trusted_hops=1)
    for client, wanted in (("10.9.1.1", 200), ("192.0.2.7", 403), ("10.9.1.1, 192.0.2.7", 403)):
        headers = {"host": HOST, "x-forwarded-for": client}
        assert edge.get("/can-bo/quan-tri/can-bo", headers=headers).status_code == wanted, client


def test_without_a_host_of_its_own_it_is_where_all_is(make_edge: MakeEdge) -> None:
    assert make_edge().get("/can-bo/quan-tri/can-bo").status_code == 200


def test_a_host_open_to_everybody_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_GATEWAY_ADMINISTRATION_HOST", HOST)
    with pytest.raises(TableError, match="networks"):
        administration(Settings())
    monkeypatch.setenv("MOTCUA_GATEWAY_ADMINISTRATION_FROM", f'["{ELSEWHERE}", "2001:db8::/48"]')
    assert administration(Settings()) == Administration(
        HOST, (ip_network(ELSEWHERE), ip_network("2001:db8::/48"))
    )
    monkeypatch.setenv("MOTCUA_GATEWAY_ADMINISTRATION_HOST", "")
    assert administration(Settings()) is None
