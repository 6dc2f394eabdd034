"""What a real Envoy with our configuration lets through, and what not."""

import base64
import hashlib
import hmac
import json
import re
import socket
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import httpx
import pytest
from common.security import Signer
from gateway.domain import clusters, filters, routing
from gateway.domain.table import Override
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey
from suite.testing.traces import Collector

Bearer = Callable[..., dict[str, str]]
PRIVATE = "/api/intake/dossiers"
HOUR_AGO = int(time.time()) - 3600


def told(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = dict(answer.json())
    assert (body["status"], body["code"]) == (status, code)
    return body


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def raw(client: httpx.Client, text: str) -> str:
    """Send bytes no client library would send; give the status line."""
    url = client.base_url
    with socket.create_connection((url.host, url.port or 80), 10) as connection:
        connection.sendall(text.replace("\n", "\r\n").encode())
        return connection.recv(4096).decode().split("\r\n")[0]


def claims(**changed: Any) -> dict[str, Any]:
    now = int(time.time())
    return {
        "iss": "motcua",
        "aud": "motcua",
        "sub": "u",
        "kind": "citizen",
        "iat": now,
        "exp": now + 600,
        **changed,
    }


def forged(kind: str, signer: Signer) -> str:
    public = signer.public_jwk()
    if kind == "none":
        return f"{part({'alg': 'none', 'kid': signer.kid})}.{part(claims())}."
    if kind == "hs256 with the public key":
        key = json.dumps(public).encode()
        head = f"{part({'alg': 'HS256', 'kid': signer.kid})}.{part(claims())}"
        mac = hmac.new(key, head.encode(), hashlib.sha256).digest()
        return f"{head}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"
    if kind == "hs256 with the point":
        key = OctKey.import_key(public["x"])
        return jwt.encode({"alg": "HS256", "kid": signer.kid}, claims(), key, algorithms=["HS256"])
    if kind == "another key under our name":
        return Signer.generate(signer.kid).sign(claims())
    if kind == "its own key in the header":
        own = ECKey.generate_key("P-256")
        head = {"alg": "ES256", "jwk": own.as_dict(private=False)}
        return jwt.encode(head, claims(), own, algorithms=["ES256"])
    good = signer.sign(claims())
    head, _, mac = good.split(".")
    return f"{head}.{part(claims(roles=['operator']))}.{mac}"


def test_a_good_token_passes_and_reaches_the_service(edge: httpx.Client, bearer: Bearer) -> None:
    headers = bearer()
    assert told(edge.get(PRIVATE, headers=headers))["headers"]["authorization"] == headers["Authorization"]


def test_without_a_token_a_private_address_says_so_in_both_languages(edge: httpx.Client) -> None:
    body = problem(edge.get(PRIVATE), 401, "unauthenticated")
    assert body["detail"] == "Bạn cần đăng nhập để tiếp tục."
    english = edge.get(PRIVATE, headers={"Accept-Language": "en-GB"})
    assert problem(english, 401, "unauthenticated")["detail"] == "You need to sign in to continue."


@pytest.mark.parametrize(
    "kind",
    [
        "none",
        "hs256 with the public key",
        "hs256 with the point",
        "another key under our name",
        "its own key in the header",
        "changed payload",
    ],
)
def test_a_forged_token_is_refused(kind: str, edge: httpx.Client, signer: Signer) -> None:
    answer = edge.get(PRIVATE, headers={"Authorization": f"Bearer {forged(kind, signer)}"})
    problem(answer, 401, "unauthenticated")


@pytest.mark.parametrize(
    "changed",
    [
        {"exp": HOUR_AGO, "iat": HOUR_AGO - 900},
        {"exp": int(time.time()) - 20},
        {"aud": "somebody-else"},
        {"iss": "somebody-else"},
        {"exp": int(time.time()) + 90_000},
    ],
    ids=["expired", "just expired", "wrong audience", "wrong issuer", "too long a life"],
)
def test_a_token_with_wrong_claims_is_refused(
    changed: dict[str, Any], edge: httpx.Client, signer: Signer
) -> None:
    token = signer.sign(claims(**changed))
    answer = edge.get(PRIVATE, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code in {401, 403}
    assert answer.json()["code"] in {"unauthenticated", "forbidden"}


def test_a_token_in_the_query_string_is_no_token(edge: httpx.Client, signer: Signer) -> None:
    assert edge.get(PRIVATE, params={"access_token": signer.sign(claims())}).status_code == 401


def test_a_token_on_a_public_address_is_checked_when_sent(edge: httpx.Client, bearer: Bearer) -> None:
    assert edge.get("/api/catalog/procedures").status_code == 200
    assert edge.get("/api/catalog/procedures", headers=bearer()).status_code == 200
    broken = {"Authorization": "Bearer a.b.c"}
    problem(edge.get("/api/catalog/procedures", headers=broken), 401, "unauthenticated")


def test_sign_in_never_sees_a_token(edge: httpx.Client) -> None:
    answer = edge.post("/api/identity/sessions", json={}, headers={"Authorization": "Bearer stale.and.old"})
    assert "authorization" not in told(answer)["headers"]


def test_r_acc_06_submission_needs_sign_in_while_catalogue_and_code_lookup_are_anonymous(
    edge: httpx.Client, bearer: Bearer
) -> None:
    for path in (
        "/api/catalog/procedures",
        "/api/catalog/forms/f1/file",
        "/api/intake/tracking/H42.101-1",
        "/",
    ):
        assert edge.get(path).status_code == 200, path
    private = (
        ("POST", "/api/intake/drafts"),
        ("POST", "/api/intake/dossiers"),
        ("GET", "/api/intake/dossiers"),
        ("POST", "/api/intake/dossiers/H42.101-1/supplement-answer"),
        ("POST", "/api/intake/dossiers/H42.101-1/attachments"),
    )
    for method, path in private:
        assert edge.request(method, path).status_code == 401, path
        assert edge.request(method, path, headers=bearer()).status_code == 200, path
    upload = {"files": {"file": ("anh.jpg", b"photo")}}
    for path in ("/api/intake/drafts/d1/attachments", "/api/intake/dossiers/H42.101-1/attachments"):
        assert edge.post(path, **upload).status_code == 401, path
        assert edge.post(path, headers=bearer(), **upload).status_code == 200, path


@pytest.mark.parametrize(
    "path",
    [
        "/api/identity/service-tokens",
        "/api/identity/contacts/u-1",
        "/api/catalog/../identity/contacts/u-1",
        "/api/catalog/%2e%2e/identity/contacts/u-1",
        "/api//identity///contacts/u-1",
        "/api/identity/./contacts/u-1",
        "/api/identity/%63ontacts/u-1",
        "/api/identity/contacts%2Fu-1",
        "/api/identity%2fcontacts/u-1",
        "/api/identity/x\\..\\contacts/u-1",
        "/api/intake/health/ready",
        "/api/intake/metrics",
        "/health/ready",
        "/metrics",
        "/%6detrics",
        "/api",
        "/api/unknown/thing",
        "/api/intakes/dossiers",
    ],
)
def test_what_is_internal_or_unknown_is_not_reached_by_any_path(
    path: str, edge: httpx.Client, bearer: Bearer
) -> None:
    line = raw(
        edge,
        f"GET {path} HTTP/1.1\nhost: x\nauthorization: {bearer()['Authorization']}\nconnection: close\n\n",
    )
    assert line.split()[1] in {"404", "400"}, line


@pytest.mark.parametrize(
    "path",
    ["/api/catalog/../intake/dossiers", "/api/catalog/%2e%2e/intake/dossiers", "//api//intake//dossiers"],
)
def test_a_public_prefix_does_not_lead_to_a_private_address(path: str, edge: httpx.Client) -> None:
    assert raw(edge, f"GET {path} HTTP/1.1\nhost: x\nconnection: close\n\n").split()[1] == "401"


def test_forged_headers_do_not_reach_a_service(edge: httpx.Client) -> None:
    lies = {
        "X-User-Id": "1",
        "X-User-Roles": "operator",
        "X-Forwarded-For": "9.9.9.9",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Prefix": "/evil",
        "X-Real-IP": "9.9.9.9",
        "Forwarded": "for=9.9.9.9",
        "X-Envoy-Original-Path": "/evil",
        "X-Internal": "yes",
        "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    }
    headers = told(edge.get("/api/catalog/procedures", headers=lies))["headers"]
    assert "9.9.9.9" not in str(headers)
    assert "evil" not in str(headers)
    assert not {
        name for name in headers if name.startswith(("x-user", "x-internal", "x-envoy-", "traceparent"))
    }
    # The edge's own word about the client is there, one address and not a list.
    assert "," not in headers["x-forwarded-for"]


def test_a_header_with_an_underscore_is_refused(edge: httpx.Client) -> None:
    assert edge.get("/api/catalog/procedures", headers={"x_user_id": "1"}).status_code == 400


def test_a_body_beyond_its_limit_is_refused(edge: httpx.Client, bearer: Bearer) -> None:
    megabyte = b"x" * 1024 * 1024
    kept = edge.post(PRIVATE, content=megabyte[:-10], headers=bearer())
    assert told(kept)["size"] == len(megabyte) - 10
    problem(edge.post(PRIVATE, content=megabyte + b"x", headers=bearer()), 413, "body-too-large")


def test_a_body_that_hides_its_length_is_refused_all_the_same(edge: httpx.Client, bearer: Bearer) -> None:
    chunks = (b"x" * 65_536 for _ in range(40))
    problem(edge.post(PRIVATE, content=chunks, headers=bearer()), 413, "body-too-large")


def test_an_upload_that_never_ends_holds_next_to_nothing_at_the_edge(
    edge: httpx.Client, bearer: Bearer, resident: Callable[[httpx.Client], int]
) -> None:
    before, many, most = resident(edge), 12, 16 * 1024 * 1024
    head = (
        "POST /api/intake/drafts/1/attachments HTTP/1.1\r\nhost: localhost\r\n"
        f"authorization: {bearer()['Authorization']}\r\ncontent-type: multipart/form-data; boundary=x\r\n"
        f"content-length: {2 * most}\r\n\r\n"
    )
    sent = [socket.create_connection((edge.base_url.host, edge.base_url.port or 80)) for _ in range(many)]
    try:
        for one in sent:
            one.sendall(head.encode() + b"x" * most)
        assert resident(edge) - before < many * most / 3
    finally:
        for one in sent:
            one.close()


def test_an_upload_of_thirty_megabytes_passes_and_a_larger_one_does_not(
    edge: httpx.Client, bearer: Bearer
) -> None:
    path = "/api/intake/drafts/1/attachments"
    fine = edge.post(path, files={"file": ("a.pdf", b"x" * 30 * 1024 * 1024)}, headers=bearer())
    assert told(fine)["size"] > 30 * 1024 * 1024
    large = edge.post(path, files={"file": ("a.pdf", b"x" * 33 * 1024 * 1024)}, headers=bearer())
    problem(large, 413, "body-too-large")


@pytest.mark.parametrize(
    ("path", "page"), [("/ban-nhap/1/giay-to/x", "/qua-lon"), ("/en/ban-nhap/1", "/en/qua-lon")]
)
def test_a_browser_with_a_body_beyond_the_limit_is_led_to_the_page_that_says_what_to_do(
    edge: httpx.Client, path: str, page: str
) -> None:
    answer = edge.post(
        path, files={"file": ("a.pdf", b"x" * 65 * 1024 * 1024)}, headers={"Accept": "text/html,*/*"}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, page)


def test_another_site_may_not_call(edge: httpx.Client, bearer: Bearer) -> None:
    asks = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    answer = edge.options(PRIVATE, headers=asks)
    problem(answer, 403, "forbidden")
    plain = edge.get("/api/catalog/procedures", headers={**bearer(), "Origin": "https://evil.example"})
    for answered in (answer, plain):
        assert not [name for name in answered.headers if name.startswith("access-control-")]


def test_every_answer_carries_the_protecting_headers(edge: httpx.Client, bearer: Bearer) -> None:
    private = edge.get(PRIVATE, headers=bearer())
    for answer in (private, edge.get(PRIVATE), edge.get("/"), edge.get("/api/identity/contacts/1")):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["server"] == "motcua"
    assert private.headers["cache-control"] == "no-store"


def test_one_address_is_held_to_its_rate_and_told_when_to_come_back(
    make_edge: Callable[..., httpx.Client],
) -> None:
    slow = make_edge(rate_scale=0.25)  # fifteen sign-ins and eight lookups a minute
    answers = [slow.post("/api/identity/sessions", json={}) for _ in range(16)]
    assert [answer.status_code for answer in answers] == [200] * 15 + [429]
    problem(answers[-1], 429, "too-many-requests")
    assert answers[-1].headers["retry-after"] == "60"
    for path in ("/api/intake/tracking/H42.101-", "/en/tra-cuu/H42.101-"):
        lookups = [slow.get(f"{path}{number}").status_code for number in range(9)]
        assert lookups == [200] * 8 + [429], path
    pages = [
        slow.post(f"{site}/dang-nhap", data={}).status_code for site in ("", "/en/can-bo") for _ in range(8)
    ]
    assert pages == [200] * 15 + [429]
    assert slow.get("/api/catalog/procedures").status_code == 200


def test_another_address_keeps_its_own_rate(make_edge: Callable[..., httpx.Client]) -> None:
    slow = make_edge(rate_scale=0.25, trusted_hops=1)  # a proxy of ours names the client

    def status(client: str) -> int:
        return slow.post("/api/identity/sessions", json={}, headers={"X-Forwarded-For": client}).status_code

    assert [status("198.51.100.7") for _ in range(16)] == [200] * 15 + [429]
    assert status("198.51.100.8") == 200


def test_an_agency_of_its_own_gets_its_addresses_and_those_below(
    make_edge: Callable[..., httpx.Client], own_instance: tuple[Override, int], bearer: Bearer
) -> None:
    override, port = own_instance
    edge = make_edge(rate_scale=1000, overrides=[override])

    def answered_by(agency: str) -> int:
        return int(
            told(edge.get(f"/api/processing/agencies/{agency}/dossiers", headers=bearer()))["upstream"]
        )

    assert answered_by("H42.15") == port
    assert answered_by("H42.15.03") == port
    assert answered_by("H42.16") != port
    assert answered_by("H42.150") != port
    assert edge.get("/api/processing/agencies/H42.15/dossiers").status_code == 401


def test_a_service_that_is_away_is_told_as_such(make_edge: Callable[..., httpx.Client]) -> None:
    edge = make_edge(rate_scale=1000, away=["catalog", "portal"])
    problem(edge.get("/api/catalog/procedures"), 503, "unavailable")
    page = edge.get("/thu-tuc", headers={"Accept": "text/html,application/xhtml+xml"})
    assert page.status_code == 503
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "Hệ thống tạm thời chưa sẵn sàng" in page.text


def test_an_edge_that_knows_no_keys_yet_says_that_it_cannot_answer_and_not_that_nobody_is_signed_in(
    make_edge: Callable[..., httpx.Client], bearer: Bearer
) -> None:
    edge = make_edge(rate_scale=1000, away=["identity"])
    for path in (PRIVATE, "/api/catalog/procedures"):
        problem(edge.get(path, headers=bearer()), 503, "unavailable")
    english = edge.get(PRIVATE, headers={**bearer(), "Accept-Language": "en"})
    assert problem(english, 503, "unavailable")["detail"].startswith("The system is not available")
    problem(edge.get(PRIVATE), 401, "unauthenticated")
    assert edge.get("/api/catalog/procedures").status_code == 200


def test_keys_once_read_are_trusted_while_identity_cannot_tell_them(
    make_edge: Callable[..., httpx.Client],
    own_identity: tuple[int, Callable[[], None]],
    bearer: Bearer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(filters, "KEYS_CACHED", "1s")
    port, lose_database = own_identity
    edge = make_edge(rate_scale=1000, identity=port)
    lose_database()
    until = time.monotonic() + 3
    while time.monotonic() < until:
        told(edge.get(PRIVATE, headers=bearer()))
        time.sleep(0.1)


def test_a_stream_goes_on_and_takes_no_room_from_the_others(
    make_edge: Callable[..., httpx.Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "CONNECTIONS", 2)
    monkeypatch.setattr(clusters, "WAITING", 1)
    monkeypatch.setattr(routing, "USUAL_SECONDS", 1)
    edge, heard = make_edge(rate_scale=1000), Counter[int]()
    with ExitStack() as open_pages:
        streams = [
            open_pages.enter_context(edge.stream("GET", "/can-bo/dien-bien?xem=a")).iter_lines()
            for _ in range(6)
        ]
        begun = time.monotonic()
        while time.monotonic() - begun < 2.5:  # well beyond what another answer may take
            for place, lines in enumerate(streams):
                heard[place] += next(lines) == "event: changed"
            told(edge.get("/can-bo/tiep-nhan/H42.101-1"))
    assert min(heard.values()) >= 1
    assert len(heard) == 6


def test_a_trace_begins_here_and_names_nobody(
    make_edge: Callable[..., httpx.Client], collector: Collector
) -> None:
    edge = make_edge(rate_scale=1000, otlp_endpoint=collector.endpoint, trace_ratio=1.0)
    lie = {"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "User-Agent": "Me/1"}
    passed = told(edge.get("/api/catalog/procedures?q=Nguyen", headers=lie))["headers"]["traceparent"]
    trace, sampled = passed.split("-")[1], passed.endswith("-01")
    assert sampled
    assert trace not in lie["traceparent"]
    deadline = time.monotonic() + 20
    while not (found := [span for span in list(collector.spans) if span.trace == trace]):
        assert time.monotonic() < deadline, "the edge told no trace"
        time.sleep(0.05)
    assert {span.service for span in found} == {"motcua-gateway"}
    assert [word for word in ("Nguyen", "procedures", "Me/1", "127.0.0.1") if word in found[0].words] == []


def test_without_a_collector_no_trace_begins_here(edge: httpx.Client) -> None:
    assert "traceparent" not in told(edge.get("/api/catalog/procedures"))["headers"]


@pytest.mark.parametrize(("language", "words"), [("vi", "Mã tra cứu sự cố"), ("en", "Incident code")])
def test_a_page_of_the_edge_names_the_request_that_failed(
    language: str, words: str, make_edge: Callable[..., httpx.Client]
) -> None:
    edge = make_edge(away=["portal"], rate_scale=1000)
    answer = edge.get("/", headers={"Accept": "text/html", "Accept-Language": language})
    assert answer.status_code == 503
    assert re.search(rf"{words}: <code>[0-9a-f-]{{36}}</code>", answer.text), answer.text
