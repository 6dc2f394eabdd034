"""The simulated identity provider keeps the protocol: what it refuses, a real one refuses too."""

import base64
import hashlib
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet
from suite.testing.provider import CLIENT, ISSUER, SECRET, ProviderSimulator, answered

BACK = "https://motcua.example/back"
VERIFIER = "v" * 43
ASKED = {
    "response_type": "code",
    "client_id": CLIENT,
    "redirect_uri": BACK,
    "scope": "openid",
    "state": "s-1",
    "nonce": "n-1",
    "code_challenge": base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest())
    .decode()
    .rstrip("="),
    "code_challenge_method": "S256",
}
PERSON = {"sub": "p-1", "id_number": "000190000001"}


def at(provider: ProviderSimulator) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=provider.app()), base_url=ISSUER)


@pytest.fixture
def provider() -> ProviderSimulator:
    return ProviderSimulator(redirects=frozenset({BACK}), person=dict(PERSON))


async def code(web: httpx.AsyncClient, **changed: str) -> dict[str, str]:
    sent = await web.get(f"/authorize?{urlencode({**ASKED, **changed})}")
    assert sent.status_code == 303, sent.text
    assert sent.headers["location"].startswith(f"{BACK}?")
    return answered(sent.headers["location"])


async def trade(
    web: httpx.AsyncClient, given: str, who: Any = (CLIENT, SECRET), **changed: str
) -> httpx.Response:
    body = {
        "grant_type": "authorization_code",
        "code": given,
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
    }
    return await web.post("/token", data={**body, **changed}, auth=who)


async def test_a_code_is_traded_once_for_a_signed_token(provider: ProviderSimulator) -> None:
    async with at(provider) as web:
        told = await code(web)
        assert (told["state"], told["iss"]) == ("s-1", ISSUER)
        answer = await trade(web, told["code"])
        keys = KeySet.import_key_set((await web.get("/keys")).json())
        claims = jwt.decode(answer.json()["id_token"], keys, algorithms=["ES256"]).claims
        assert (claims["iss"], claims["aud"], claims["nonce"]) == (ISSUER, CLIENT, "n-1")
        assert {name: claims[name] for name in PERSON} == PERSON
        assert claims["exp"] - claims["iat"] == 300
        assert (await trade(web, told["code"])).json() == {"error": "invalid_grant"}


async def test_discovery_names_the_issuer_and_its_places(provider: ProviderSimulator) -> None:
    async with at(provider) as web:
        said = (await web.get("/.well-known/openid-configuration")).json()
    assert said["issuer"] == ISSUER
    assert all(
        said[name].startswith(f"{ISSUER}/")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
    )


@pytest.mark.parametrize(
    "changed", [{"code_verifier": "x" * 43}, {"code_verifier": ""}, {"redirect_uri": f"{BACK}/"}]
)
async def test_a_code_fits_its_verifier_and_its_page(
    provider: ProviderSimulator, changed: dict[str, str]
) -> None:
    async with at(provider) as web:
        answer = await trade(web, (await code(web))["code"], **changed)
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_grant"})


@pytest.mark.parametrize("who", [(CLIENT, "wrong"), ("other", SECRET), None])
async def test_only_its_client_trades_codes(provider: ProviderSimulator, who: Any) -> None:
    async with at(provider) as web:
        assert (await trade(web, (await code(web))["code"], who)).status_code == 401


@pytest.mark.parametrize("changed", [{"redirect_uri": "https://evil.example"}, {"client_id": "other"}])
async def test_nobody_is_sent_to_a_page_that_is_not_registered(
    provider: ProviderSimulator, changed: dict[str, str]
) -> None:
    async with at(provider) as web:
        answer = await web.get(f"/authorize?{urlencode({**ASKED, **changed})}")
    assert (answer.status_code, "location" in answer.headers) == (400, False)


@pytest.mark.parametrize(
    "changed",
    [
        {"response_type": "token"},
        {"code_challenge_method": "plain"},
        {"code_challenge": ""},
        {"scope": "profile"},
    ],
)
async def test_what_is_asked_wrongly_gets_no_code(
    provider: ProviderSimulator, changed: dict[str, str]
) -> None:
    async with at(provider) as web:
        assert (await code(web, **changed))["error"] == "invalid_request"


async def test_who_does_not_sign_in_gets_no_code(provider: ProviderSimulator) -> None:
    provider.person = {}
    async with at(provider) as web:
        assert (await code(web))["error"] == "access_denied"
