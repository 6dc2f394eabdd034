"""What the edge lets nobody through: closed addresses, lying headers, requests inside requests."""

import socket

import httpx
import pytest
from camp.people import fresh_address, raw, statuses, words
from camp.stage import Stage

pytestmark = pytest.mark.attack
PREFIXES = [
    "",
    *words("""
    /en /en/ // /en// /. /./en /static/.. /en/static/../.. /can-bo /en/can-bo /api/intake
    /api/intake/.. /api/portal /%2e /%2e%2e /en/%2e%2e /en/en
"""),
]
CLOSED = words("""
    /metrics /health /health/live /health/ready /docs /redoc /openapi.json /.git/config /.env
    /server-status /config_dump /stats/prometheus /quitquitquit /api/identity/service-tokens
    /api/identity/contacts/readings /api/qa/exchange/feedback /api/identity/ended-sessions /api/identity/metrics
""")
INSIDE = ("motcua_", "# HELP", "process_", '"paths"', "swagger", '"ended"')


@pytest.mark.asvs("13.4.1", "13.4.2", "13.4.5", "13.4.3")
@pytest.mark.parametrize("prefix", PREFIXES)
def test_s54_no_way_leads_to_a_closed_address(stage: Stage, prefix: str) -> None:
    web, place = stage.stranger(), httpx.URL(stage.url)
    told = {}
    for path in CLOSED:
        address = httpx.URL(stage.url).copy_with(raw_path=f"{prefix}{path}".encode())
        answer = web.request(
            "GET", httpx.URL(f"http://{place.netloc.decode()}").copy_with(raw_path=address.raw_path)
        )
        if (prefix, path) == ("/api/intake", "/openapi.json"):
            continue  # the contract of a service is for everybody
        shown = any(word in answer.text for word in INSIDE)
        if shown or answer.status_code not in (303, 307, 308, 400, 401, 404, 405):
            told[path] = answer.status_code
    assert not told


@pytest.mark.asvs("13.4.4")
@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "DEBUG", "PROPFIND", "MOVE", "PATCH", "X"])
@pytest.mark.parametrize("path", ["/", "/dang-nhap", "/api/catalog/procedures", "/api/intake/dossiers"])
def test_s53_a_method_nobody_offers_is_refused(stage: Stage, method: str, path: str) -> None:
    answer = raw(
        stage.url, f"{method} {path} HTTP/1.1\nHost: motcua\nX-Secret: canary\nConnection: close\n\n"
    )
    assert statuses(answer)[0] in (400, 401, 403, 404, 405, 501), answer
    assert "canary" not in answer


SMUGGLED = "GET /api/identity/ended-sessions HTTP/1.1\nHost: x\n\n"
INNER = len(SMUGGLED.replace("\n", "\r\n"))
REQUESTS = {
    "both lengths": f"Content-Length: 4\nTransfer-Encoding: chunked\n\n0\n\n{SMUGGLED}",
    "two lengths": f"Content-Length: 0\nContent-Length: {INNER}\n\n{SMUGGLED}",
    "a list of lengths": f"Content-Length: 0, {INNER}\n\n{SMUGGLED}",
    "a signed length": f"Content-Length: +0\n\n{SMUGGLED}",
    "a negative length": f"Content-Length: -1\n\n{SMUGGLED}",
    "a length in hexadecimal": f"Content-Length: 0x0\n\n{SMUGGLED}",
    "a spaced name": f"Content-Length : 0\nTransfer-Encoding: chunked\n\n0\n\n{SMUGGLED}",
    "an unknown coding": f"Transfer-Encoding: xchunked\n\n0\n\n{SMUGGLED}",
    "two codings": f"Transfer-Encoding: chunked\nTransfer-Encoding: identity\n\n0\n\n{SMUGGLED}",
    "a coding with a tab": f"Transfer-Encoding:\tchunked\nContent-Length: 3\n\n0\n\n{SMUGGLED}",
    "a folded coding": f"Transfer-Encoding:\n chunked\nContent-Length: 3\n\n0\n\n{SMUGGLED}",
    "a chunk without size": f"Transfer-Encoding: chunked\n\n\n\n{SMUGGLED}",
    "a chunk of minus one": f"Transfer-Encoding: chunked\n\n-1\n\n{SMUGGLED}",
    "a chunk larger than memory": f"Transfer-Encoding: chunked\n\nffffffffffffffffff\n{SMUGGLED}",
    "a header without name": f": x\n\n{SMUGGLED}",
    "a name with a blank": f"X Y: z\n\n{SMUGGLED}",
    "a zero in a header": f"X-Y: a\0b\n\n{SMUGGLED}",
}


@pytest.mark.asvs("4.2.1")
@pytest.mark.parametrize("kind", REQUESTS)
def test_s54_no_request_hides_in_another(stage: Stage, kind: str) -> None:
    answer = raw(stage.url, f"POST /dang-nhap HTTP/1.1\nHost: motcua\n{REQUESTS[kind]}", 2)
    assert '"ended"' not in answer
    assert all(code >= 400 for code in statuses(answer)), answer


@pytest.mark.asvs("4.2.1")
@pytest.mark.parametrize(
    "head",
    ["Host: a\nHost: b", "Host: a\nhost: a", "Host: a, b", "X: y", "Host: a b", "Host: user@a", "Host: a/b"],
)
def test_s54_a_request_names_one_host(stage: Stage, head: str) -> None:
    answer = raw(stage.url, f"GET / HTTP/1.1\n{head}\nConnection: close\n\n")
    assert statuses(answer)[0] == 400, answer[:300]


@pytest.mark.parametrize(
    "head",
    [f"X-Large: {'a' * 70_000}", "\n".join(f"X-{n}: a" for n in range(300)), f"Cookie: {'a=b;' * 20_000}"],
)
def test_s54_headers_beyond_measure_are_refused(stage: Stage, head: str) -> None:
    answer = raw(stage.url, f"GET / HTTP/1.1\nHost: motcua\n{head}\nConnection: close\n\n")
    assert statuses(answer)[0] in (400, 431)


def test_s54_an_address_beyond_measure_is_refused(stage: Stage) -> None:
    answer = raw(stage.url, f"GET /{'a' * 70_000} HTTP/1.1\nHost: motcua\nConnection: close\n\n")
    assert statuses(answer)[0] in (400, 414, 431)


@pytest.mark.asvs("4.1.3", "15.3.4")
@pytest.mark.parametrize(
    "name",
    [
        "X-Forwarded-For",
        "X-Real-IP",
        "Forwarded",
        "True-Client-IP",
        "X-Client-IP",
        "X-Envoy-External-Address",
    ],
)
def test_s13_nobody_comes_from_where_he_says(stage: Stage, name: str) -> None:
    """Thirty look-ups a minute are one address's; a lie about the address makes no other."""
    web = stage.stranger()
    told = [
        web.get("/api/intake/tracking/H42.101-010101-0001", headers={name: f"203.0.113.{n}"}).status_code
        for n in range(36)
    ]
    assert 429 in told


@pytest.mark.asvs("4.1.3")
@pytest.mark.parametrize(
    "name", ["X-HTTP-Method-Override", "X-Original-URL", "X-Rewrite-URL", "X-User", "X-Internal"]
)
def test_s13_a_header_changes_neither_method_nor_address_nor_caller(stage: Stage, name: str) -> None:
    value = {"X-HTTP-Method-Override": "DELETE", "X-User": "operator"}.get(
        name, "/api/identity/ended-sessions"
    )
    web = stage.stranger()
    plain, lied = web.get("/api/catalog/fields"), web.get("/api/catalog/fields", headers={name: value})
    assert (plain.status_code, plain.text) == (lied.status_code, lied.text)
    assert web.get("/api/identity/me", headers={name: value}).status_code == 401


@pytest.mark.asvs("3.4.2", "3.5.2")
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "file://"])
def test_s25_another_site_may_neither_ask_nor_read(stage: Stage, origin: str) -> None:
    ask = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }
    for path in ("/api/catalog/procedures", "/api/intake/dossiers", "/api/identity/sessions", "/"):
        for answer in (stage.stranger().options(path, headers=ask), stage.stranger().get(path, headers=ask)):
            assert not [name for name in answer.headers if name.startswith("access-control-")], path


@pytest.mark.asvs("13.2.2")
def test_s54_nothing_of_the_inside_answers_at_another_address(stage: Stage) -> None:
    note = stage.suite.note
    ports = [*note["ports"].values(), *note["watched"].values(), note["postgres_port"], note["smtp_port"]]
    open_ = []
    for port in [*ports, note["mail_page_port"]]:
        with socket.socket() as one:
            one.settimeout(0.5)
            if one.connect_ex((fresh_address(), port)) == 0:
                open_.append(port)
    assert not open_
