"""Signing in with an outside provider under attack: over the wire, with a provider that breaks one rule when told."""

import asyncio
import base64
import hashlib
import hmac
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import httpx
import pytest
import uvicorn
from camp.people import Browser, client, fresh_address
from camp.stage import CITIZEN, Stage
from fastapi import FastAPI
from identity.main import demo_accounts
from joserfc import jwt
from joserfc.jwk import ECKey
from suite.run.places import free_port
from suite.run.running import running_in
from suite.testing.provider import CLIENT, SECRET, ProviderSimulator, answered
from suite.testing.replicas import await_ready, start_replica

pytestmark = [pytest.mark.attack, pytest.mark.asvs("10.5.1", "10.5.2", "10.5.3", "10.5.4")]
PLACE = "/api/identity/provider"
Claims = dict[str, Any]


@contextmanager
def answering(app: FastAPI, port: int) -> Iterator[None]:
    """Let an application answer on a port of this machine."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(10)


@dataclass
class Way:
    """A province with a provider: a replica of identity that asks it, and the provider itself."""

    provider: ProviderSimulator
    identity: str

    def begin(self) -> dict[str, str]:
        answer = self.post("attempts", {"door": "citizen"})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def visit(self, begun: dict[str, str]) -> dict[str, str]:
        sent = httpx.get(begun["url"])
        assert sent.status_code == 303, sent.text
        return answered(sent.headers["location"])

    def come_back(self, begun: dict[str, str], told: dict[str, str], **changed: Any) -> httpx.Response:
        body = {"door": "citizen", "binding": begun["binding"], "state": told["state"], "code": told["code"]}
        return self.post("sessions", {**body, "issuer": told.get("iss"), **changed})

    def sign_in(self, **changed: Any) -> httpx.Response:
        begun = self.begin()
        return self.come_back(begun, self.visit(begun), **changed)

    def post(self, what: str, body: dict[str, Any]) -> httpx.Response:
        with client(self.identity, headers={"X-Forwarded-For": fresh_address()}) as web:
            return web.post(f"{PLACE}/{what}", json=body)


@contextmanager
def whole_again(stage: Stage) -> Iterator[None]:
    """Give accounts back what ends when the holder of a number first comes with a provider: passwords and sign-ins."""
    plan, _ = running_in(stage.suite.state)

    async def done(asked: str, *told: str) -> str:
        connection = await asyncpg.connect(plan.dsn("identity"))
        try:
            return str(await connection.fetchval(asked, *told))
        finally:
            await connection.close()

    before = asyncio.run(done("select jsonb_agg(to_jsonb(a)) from account a"))
    yield
    names = asyncio.run(
        done(
            "select string_agg(quote_ident(column_name), ',') from information_schema.columns"
            " where table_name = 'account' and column_name <> 'id'"
        )
    )
    kept = ",".join(f"r.{name}" for name in names.split(","))
    again = f"""update account a set ({names}) = ({kept}) from jsonb_populate_recordset(null::account, $1::jsonb) r
        where r.id = a.id and a.password_hash is distinct from r.password_hash"""
    asyncio.run(done(again, before))
    stage.comes_back(CITIZEN)


@pytest.fixture(scope="module")
def way(stage: Stage) -> Iterator[Way]:
    port = free_port()
    issuer, back = f"http://127.0.0.1:{port}", f"{stage.url}/dang-nhap/dinh-danh"
    provider = ProviderSimulator(issuer=issuer, redirects=frozenset({back}))
    told = {
        "MOTCUA_IDENTITY_OIDC_ISSUER": issuer,
        "MOTCUA_IDENTITY_OIDC_CLIENT_ID": CLIENT,
        "MOTCUA_IDENTITY_OIDC_CLIENT_SECRET": SECRET,
        "MOTCUA_IDENTITY_PUBLIC_URL": stage.url,
    }
    with whole_again(stage), answering(provider.app(), port):
        replica = start_replica(stage.suite.state, "identity", told=told)
        try:
            await_ready([replica])
            yield Way(provider, f"http://127.0.0.1:{replica.port}")
        finally:
            replica.end()


@pytest.fixture(autouse=True)
def honest(way: Way) -> Iterator[None]:
    """Let the provider know a citizen and tell the truth; an attack that needs a lie says so."""
    who = demo_accounts()[0]
    way.provider.person = {"sub": "sub-of-the-first", "id_number": who["id_number"]}
    yield
    way.provider.twist, way.provider.sign = dict, None


def is_refused(answer: httpx.Response) -> bool:
    """Tell whether the attacker heard the one sentence that everybody hears."""
    return (answer.status_code, answer.json().get("code")) == (401, "provider-sign-in-refused")


def test_s19_who_is_honest_comes_in(way: Way) -> None:
    assert way.sign_in().status_code == 200


def test_s19_an_answer_counts_once_and_only_with_its_own_state_code_and_browser(way: Way) -> None:
    begun, other = way.begin(), way.begin()
    told, foreign = way.visit(begun), way.visit(other)
    assert is_refused(way.come_back(begun, told, binding=other["binding"]))  # another browser
    begun, told = (again := way.begin()), way.visit(again)
    assert is_refused(way.come_back(begun, told, state=foreign["state"]))  # another state
    begun, told = (again := way.begin()), way.visit(again)
    assert is_refused(way.come_back(begun, told, code=foreign["code"]))  # a code put in: PKCE does not fit
    begun, told = (again := way.begin()), way.visit(again)
    assert way.come_back(begun, told).status_code == 200
    assert is_refused(way.come_back(begun, told))  # the same answer again
    late = way.begin()
    assert is_refused(way.come_back(late, {**way.visit(late), "code": told["code"]}))  # a used code


@pytest.mark.parametrize("issuer", ["http://evil.test", "https://127.0.0.1", "", None])
def test_s19_an_answer_that_names_another_provider_is_a_mix_up(way: Way, issuer: str | None) -> None:
    assert is_refused(way.sign_in(issuer=issuer))


def said(**changed: Any) -> Callable[[Claims], Claims]:
    return lambda claims: {name: value for name, value in {**claims, **changed}.items() if value is not None}


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "http://evil.test"},
        {"iss": None},
        {"aud": "somebody"},
        {"aud": [CLIENT, "somebody"]},
        {"azp": "somebody"},
        {"nonce": "of another attempt"},
        {"nonce": None},
        {"exp": 1},
        {"iat": 1},
        {"sub": ""},
        {"sub": "another-subject"},
        {"id_number": None},
    ],
    ids=str,
)
def test_s19_a_token_that_says_anything_else_opens_nothing(way: Way, changed: Claims) -> None:
    assert way.sign_in().status_code == 200  # the number belongs to its subject from now on
    way.provider.twist = said(**changed)
    assert is_refused(way.sign_in())


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def mac(provider: ProviderSimulator, claims: Claims, secret: bytes) -> str:
    head = f"{part({'alg': 'HS256', 'kid': str(provider.key.kid)})}.{part(claims)}"
    mark = hmac.new(secret, head.encode(), hashlib.sha256).digest()
    return f"{head}.{base64.urlsafe_b64encode(mark).rstrip(b'=').decode()}"


def own_key(_: ProviderSimulator, claims: Claims) -> str:
    key = ECKey.generate_key("P-256", {"kid": "mine"})
    head = {"alg": "ES256", "kid": "mine", "jwk": key.as_dict(private=False)}
    return str(jwt.encode(head, claims, key))


FORGERIES: dict[str, Callable[[ProviderSimulator, Claims], str]] = {
    "none": lambda _, claims: f"{part({'alg': 'none'})}.{part(claims)}.",
    "NoNe": lambda _, claims: f"{part({'alg': 'NoNe'})}.{part(claims)}.",
    "hmac with the public key": lambda one, claims: mac(one, claims, one.key.as_pem(private=False)),
    "hmac with the secret of the client": lambda one, claims: mac(one, claims, SECRET.encode()),
    "a key in the header": own_key,
    "a cut signature": lambda one, claims: one.signed(claims)[:-4],
    "no token": lambda *_: "",
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_s19_a_token_somebody_else_signed_opens_nothing(way: Way, forgery: str) -> None:
    way.provider.sign = FORGERIES[forgery]
    assert is_refused(way.sign_in())


def test_s19_the_provider_is_asked_with_a_fresh_state_nonce_and_challenge_each_time(way: Way) -> None:
    asked = [answered(way.begin()["url"]) for _ in range(3)]
    for name in ("state", "nonce", "code_challenge"):
        assert len({one[name] for one in asked}) == 3, name
        assert all(len(one[name]) >= 22 for one in asked), name
    assert {one["code_challenge_method"] for one in asked} == {"S256"}
    bare = re.sub(r"&code_challenge(_method)?=[^&]*", "", way.begin()["url"])
    assert answered(httpx.get(bare).headers["location"])["error"] == "invalid_request"
    elsewhere = re.sub(r"redirect_uri=[^&]*", "redirect_uri=http%3A%2F%2Fevil.test%2F", way.begin()["url"])
    assert httpx.get(elsewhere).status_code == 400


@pytest.mark.asvs("3.7.2")
@pytest.mark.parametrize(
    "target", ["//evil.test/x", "https://evil.test", "/\\evil.test", "javascript:alert(1)"]
)
def test_s19_no_way_there_or_back_leads_to_a_stranger(stage: Stage, target: str) -> None:
    """Also where the province has no provider: the page says so, and goes nowhere."""
    web = Browser(stage.url)
    for path in (
        f"/dang-nhap?tiep={target}",
        f"/dang-nhap/dinh-danh?state=s&code=c&iss={target}&tiep={target}",
    ):
        answer = web.web.get(path, follow_redirects=False)
        leads = answer.headers.get("location", "")
        assert urlsplit(leads).netloc in ("", urlsplit(stage.url).netloc), leads
        links = re.findall(r'(?:href|action|value)="([^"]*)"', answer.text)
        assert not [one for one in links if one == target or one.startswith(("//", "javascript:"))], links
