"""Tokens somebody made himself, at the edge and at each service behind it."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any

import httpx
import pytest
from camp.people import client
from camp.stage import CITIZEN, Stage
from common.security import Signer
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey
from suite.demo.actors import eventually
from suite.demo.welcome import PASSWORD

pytestmark = pytest.mark.attack
PRIVATE = {
    "catalog": "/api/catalog/level-proposals",
    "identity": "/api/identity/me",
    "intake": "/api/intake/dossiers",
    "notify": "/api/notify/messages",
    "processing": "/api/processing/agencies/H42.101/dossiers",
    "registers": "/api/registers/books/incidents/entries",
    "qa": "/api/qa/bars",
    "stats": "/api/stats/dossiers",
}
KINDS = [
    "none",
    "NONE",
    "no algorithm",
    "hmac with the public key",
    "hmac with the point",
    "own key under the known name",
    "own key in the header",
    "own key at an address",
    "a key of a file",
    "no key named",
    "an unknown key",
    "changed claims",
    "a cut signature",
    "an empty signature",
    "a signature of zeros",
    "two tokens in one",
    "a nested token",
]


def part(value: object) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def claims() -> dict[str, Any]:
    now = int(time.time())
    who = {"sub": "a0002004-4ced-5534-af0d-676acf097df7", "kind": "officer", "roles": ["operator", "signer"]}
    place = {"agency": "H42", "scope": "province", "jti": "x"}
    return {"iss": "motcua", "aud": "motcua", "iat": now, "exp": now + 600, **who, **place}


def own(kid: str, **more: Any) -> str:
    """Sign with a key of the attacker's."""
    key = ECKey.generate_key("P-256")
    told = {name: key.as_dict(private=False) if value == "own" else value for name, value in more.items()}
    head = {"alg": "ES256", "kid": kid, **told}
    registry = None
    try:
        return str(jwt.encode(head, claims(), key, registry=registry))
    except Exception:
        signed = jwt.encode({"alg": "ES256", "kid": kid}, claims(), key).split(".")
        return ".".join([part(head), *signed[1:]])


def mac(kid: str, secret: bytes) -> str:
    head = f"{part({'alg': 'HS256', 'kid': kid})}.{part(claims())}"
    return f"{head}.{part(hmac.new(secret, head.encode(), hashlib.sha256).digest())}"


def forged(kind: str, public: dict[str, str], real: str) -> str:
    """Make one of the tokens that no verifier may take."""
    kid, (head, body, signature) = public["kid"], real.split(".")
    return {
        "none": lambda: f"{part({'alg': 'none', 'kid': kid})}.{part(claims())}.",
        "NONE": lambda: f"{part({'alg': 'NoNe', 'kid': kid})}.{part(claims())}.",
        "no algorithm": lambda: f"{part({'kid': kid})}.{part(claims())}.{signature}",
        "hmac with the public key": lambda: mac(kid, json.dumps(public).encode()),
        "hmac with the point": lambda: mac(kid, base64.urlsafe_b64decode(public["x"] + "=")),
        "own key under the known name": lambda: Signer.generate(kid).sign(claims()),
        "own key in the header": lambda: own(kid, jwk="own"),
        "own key at an address": lambda: own(kid, jku="http://127.0.0.1:1/jwks", x5u="http://127.0.0.1:1/x"),
        "a key of a file": lambda: own("../../../../dev/null"),
        "no key named": lambda: own(""),
        "an unknown key": lambda: own("unknown"),
        "changed claims": lambda: f"{head}.{part(claims())}.{signature}",
        "a cut signature": lambda: real[:-4],
        "an empty signature": lambda: f"{head}.{body}.",
        "a signature of zeros": lambda: f"{head}.{body}.{part(bytes(64))}",
        "two tokens in one": lambda: f"{real},{real[:-4]}",
        "a nested token": lambda: str(
            jwt.encode({"alg": "HS256"}, {"t": real}, OctKey.generate_key(256), algorithms=["HS256"])
        ),
    }[kind]()


@pytest.fixture(scope="module")
def public(stage: Stage) -> dict[str, str]:
    return dict(stage.stranger().get("/api/identity/jwks").json()["keys"][0])


def real(stage: Stage) -> str:
    return str(stage.person(CITIZEN).http.headers["Authorization"].removeprefix("Bearer "))


@pytest.mark.asvs("9.1.1", "9.1.2", "9.1.3", "9.2.2", "8.3.1")
@pytest.mark.parametrize("kind", KINDS)
def test_s21_a_token_somebody_made_opens_nothing_at_the_edge_or_behind_it(
    stage: Stage, public: dict[str, str], kind: str
) -> None:
    header = {"Authorization": f"Bearer {forged(kind, public, real(stage))}"}
    with client(stage.url, headers=header) as edge:
        told = {path: edge.get(path).status_code for path in PRIVATE.values()}
    for service, path in PRIVATE.items():
        told[service] = httpx.get(stage.service(service) + path, headers=header).status_code
    assert set(told.values()) == {401}, told


@pytest.mark.parametrize("service", PRIVATE)
@pytest.mark.asvs("8.3.1", "13.2.1")
def test_s40_a_service_asks_everybody_even_who_comes_past_the_edge(stage: Stage, service: str) -> None:
    lies = {"x-user": "operator", "x-user-roles": "operator", "x-jwt-payload": part(claims())}
    assert httpx.get(stage.service(service) + PRIVATE[service], headers=lies).status_code == 401


@pytest.mark.asvs("14.2.1", "10.1.1")
@pytest.mark.parametrize("name", ["access_token", "token", "authorization", "jwt"])
def test_s22_a_token_in_an_address_or_a_cookie_is_no_token(stage: Stage, name: str) -> None:
    web = stage.stranger()
    assert web.get("/api/intake/dossiers", params={name: real(stage)}).status_code == 401
    assert web.get("/api/intake/dossiers", headers={"Cookie": f"{name}={real(stage)}"}).status_code == 401


def everywhere(stage: Stage, token: str) -> dict[str, int]:
    """Ask every service what is somebody's own with a token, past the edge; return what was answered."""
    header = {"Authorization": f"Bearer {token}"}
    return {
        name: httpx.get(stage.service(name) + path, headers=header).status_code
        for name, path in PRIVATE.items()
    }


@pytest.mark.asvs("9.2.2")
def test_s21_no_refresh_token_and_no_service_token_stands_for_an_access_token(stage: Stage) -> None:
    """Each kind of token does what it is for, and nothing that another is for."""
    signing_in = {"login": CITIZEN, "password": PASSWORD}
    tokens = stage.stranger().post("/api/identity/sessions", json=signing_in).json()
    own = everywhere(stage, tokens["access_token"])
    assert own["identity"] == own["intake"] == own["notify"] == 200, own
    assert set(everywhere(stage, tokens["refresh_token"]).values()) == {401}
    secret = json.loads((stage.suite.state / "secrets.json").read_text())["client-notify"]
    identity = stage.service("identity")
    asked = {"client_id": "notify", "client_secret": secret}
    service = httpx.post(f"{identity}/api/identity/service-tokens", json=asked).json()["access_token"]
    wanted = {"account_ids": [tokens["account"]["id"]]}
    reading = f"{identity}/api/identity/contacts/readings"
    for token, status in ((service, 200), (tokens["access_token"], 403), (tokens["refresh_token"], 401)):
        header = {"Authorization": f"Bearer {token}"}
        assert httpx.post(reading, json=wanted, headers=header).status_code == status, status
    header = {"Authorization": f"Bearer {service}"}
    for name, path in PRIVATE.items():  # what is a service's own is nothing
        answer = httpx.get(stage.service(name) + path, headers=header)
        assert answer.status_code in (403, 404) or answer.json()["items"] == [], name


@pytest.mark.asvs("7.4.1")
def test_s16_a_token_is_over_with_its_sign_in_everywhere(stage: Stage) -> None:
    web = stage.stranger()
    told = web.post("/api/identity/sessions", json={"login": CITIZEN, "password": PASSWORD}).json()
    web.headers["Authorization"] = f"Bearer {told['access_token']}"
    assert web.get("/api/intake/dossiers").status_code == 200
    assert web.delete("/api/identity/sessions/current").status_code == 204

    def over() -> bool:
        places = ("/api/intake/dossiers", "/api/identity/me", "/api/notify/messages")
        return all(web.get(path).status_code == 401 for path in places)

    eventually(over, "the token to be over at every service", 3)
    renewed = web.post("/api/identity/sessions/refresh", json={"refresh_token": told["refresh_token"]})
    assert renewed.status_code == 401
