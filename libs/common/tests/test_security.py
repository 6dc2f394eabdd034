"""Tokens: what holds, what is refused, and what happens while the key server is away."""

import asyncio
import base64
import hmac
import json
import time
from datetime import timedelta

import httpx
import pytest
from common.errors import ForbiddenError, UnauthenticatedError, UnavailableError
from common.security import Caller, Signer, Verifier
from joserfc import jwk

SIGNER = Signer.generate("k1")
CALLER = Caller("officer-1", "officer", frozenset({"signer"}), "H42.101", "mot-cua", "agency", "t1", True)


def b64(value: object) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


async def refused(token: str, verifier: Verifier | None = None) -> bool:
    with pytest.raises(UnauthenticatedError):
        await (verifier or Verifier.from_jwks(SIGNER.jwks())).verify(token)
    return True


async def test_a_token_says_who_calls():
    assert await Verifier.from_jwks(SIGNER.jwks()).verify(SIGNER.sign(CALLER.claims())) == CALLER


async def test_a_signer_kept_as_pem_signs_the_same():
    again = Signer(SIGNER.private_pem(), "k1")
    assert again.public_jwk() == SIGNER.public_jwk()
    assert "d" not in SIGNER.public_jwk()


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", ""])
async def test_a_token_without_signature_is_refused(algorithm):
    claims = SIGNER.sign(CALLER.claims()).split(".")[1]
    assert await refused(f"{b64({'alg': algorithm, 'kid': 'k1'})}.{claims}.")


async def test_a_token_signed_with_the_public_key_as_secret_is_refused():
    pem = jwk.ECKey.import_key(SIGNER.public_jwk()).as_pem(private=False)
    for secret in (json.dumps(SIGNER.public_jwk()).encode(), pem):
        signed = f"{b64({'alg': 'HS256', 'kid': 'k1'})}.{SIGNER.sign(CALLER.claims()).split('.')[1]}"
        assert await refused(f"{signed}.{b64(hmac.digest(secret, signed.encode(), 'sha256'))}")


async def test_a_changed_payload_or_signature_is_refused():
    head, body, signature = SIGNER.sign(CALLER.claims()).split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "==")) | {"roles": ["operator"]}
    assert await refused(f"{head}.{b64(claims)}.{signature}")
    assert await refused(f"{head}.{body}.{signature[:-4]}AAAA")
    assert await refused(f"{head}.{body}.{b64(bytes(64))}")


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "other"},
        {"aud": "other"},
        {"aud": None},
        {"exp": 1},
        {"exp": "soon"},
        {"exp": None},
        {"nbf": 4e9},
        {"nbf": "soon"},
        {"sub": ""},
        {"kind": "robot"},
    ],
)
async def test_a_token_with_wrong_claims_is_refused(claims):
    assert await refused(SIGNER.sign(CALLER.claims() | claims))


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é.é.é", f"{b64([1])}.{b64([2])}.{b64([3])}", "." * 5])
async def test_rubbish_is_refused(token):
    assert await refused(token)


async def test_a_token_of_another_key_is_refused():
    assert await refused(Signer.generate("k1").sign(CALLER.claims()))
    assert await refused(Signer.generate("k2").sign(CALLER.claims()))


async def test_a_token_just_expired_is_refused():
    assert await refused(SIGNER.sign(CALLER.claims(), timedelta(seconds=-6)))


async def test_a_token_known_from_before_still_ends(monkeypatch):
    verifier, token = Verifier.from_jwks(SIGNER.jwks()), SIGNER.sign(CALLER.claims(), timedelta(minutes=1))
    assert await verifier.verify(token) == CALLER
    ended = time.time() + 66
    monkeypatch.setattr("common.security.time.time", lambda: ended)
    assert await refused(token, verifier)


async def test_a_known_token_with_one_character_changed_is_checked_anew():
    verifier, token = Verifier.from_jwks(SIGNER.jwks()), SIGNER.sign(CALLER.claims())
    assert await verifier.verify(token) == CALLER
    head, body, signature = token.split(".")
    assert await refused(f"{head}.{body}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}", verifier)


def test_a_caller_without_the_role_is_refused():
    CALLER.require("desk_officer", "signer")
    with pytest.raises(ForbiddenError):
        CALLER.require("operator")


class KeyServer:
    """A key server that can be taken away and counts how often it is asked."""

    def __init__(self, monkeypatch) -> None:
        self.signers, self.up, self.asked = [SIGNER], True, 0
        self.now = time.monotonic()
        monkeypatch.setattr("common.security.time.monotonic", lambda: self.now)
        monkeypatch.setattr("common.security.httpx.AsyncClient", self._client)

    def _client(self, **_: object) -> httpx.AsyncClient:
        return self.real(transport=httpx.MockTransport(self._answer))

    real = httpx.AsyncClient

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/ended-sessions":
            return httpx.Response(200, json={"until": 0, "ended": []})
        self.asked += 1
        await asyncio.sleep(0)  # others come in while we answer
        if not self.up:
            raise httpx.ConnectError("away")
        return httpx.Response(200, json={"keys": [s.public_jwk() for s in self.signers]})


async def test_keys_are_cached_and_read_again_when_old(monkeypatch):
    server, verifier = KeyServer(monkeypatch), Verifier.from_url("http://identity/jwks")
    for _ in range(3):
        await verifier.verify(SIGNER.sign(CALLER.claims()))
    assert server.asked == 1
    server.now += 61
    await verifier.verify(SIGNER.sign(CALLER.claims()))
    assert server.asked == 2


async def test_a_known_token_falls_with_its_key(monkeypatch):
    server, verifier = KeyServer(monkeypatch), Verifier.from_url("http://identity/jwks")
    token = SIGNER.sign(CALLER.claims())
    await verifier.verify(token)
    server.signers, server.now = [Signer.generate("k2")], server.now + 61
    assert await refused(token, verifier)


async def test_old_keys_serve_while_the_key_server_is_away(monkeypatch):
    server, verifier = KeyServer(monkeypatch), Verifier.from_url("http://identity/jwks")
    await verifier.verify(SIGNER.sign(CALLER.claims()))
    server.up, server.now = False, server.now + 3600
    assert (await verifier.verify(SIGNER.sign(CALLER.claims()))).subject == "officer-1"


async def test_without_any_key_the_answer_is_unavailable_not_unauthenticated(monkeypatch):
    server, verifier = KeyServer(monkeypatch), Verifier.from_url("http://identity/jwks")
    server.up = False
    with pytest.raises(UnavailableError):
        await verifier.verify(SIGNER.sign(CALLER.claims()))


async def test_a_rotated_key_is_learnt_at_once_and_unknown_ones_do_not_flood(monkeypatch):
    server, verifier = KeyServer(monkeypatch), Verifier.from_url("http://identity/jwks")
    await verifier.verify(SIGNER.sign(CALLER.claims()))
    fresh = Signer.generate("k2")
    server.signers.append(fresh)
    server.now += 2
    assert await verifier.verify(fresh.sign(CALLER.claims()))
    stranger = Signer.generate("k3")
    for _ in range(20):
        await refused(stranger.sign(CALLER.claims()), verifier)
    assert server.asked == 2


async def test_requests_that_come_while_the_first_one_reads_the_keys_wait_for_them(monkeypatch):
    server, verifier = KeyServer(monkeypatch), Verifier.from_url("http://identity/jwks")
    tokens = [SIGNER.sign(CALLER.claims()) for _ in range(20)]
    assert await asyncio.gather(*map(verifier.verify, tokens)) == [CALLER] * 20
    fresh = Signer.generate("k2")
    server.signers.append(fresh)
    server.now += 2
    assert await asyncio.gather(*(verifier.verify(fresh.sign(CALLER.claims())) for _ in range(20)))
    assert server.asked == 2
