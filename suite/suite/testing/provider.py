"""An OpenID Connect provider in one process: keeps the protocol as a real one, or breaks one rule when told to."""

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from fastapi import FastAPI, Form, Header, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from joserfc import jwt
from joserfc.jwk import ECKey

Claims = dict[str, Any]
ISSUER = "http://provider.test"
CLIENT, SECRET = "motcua", "a-secret-of-the-tests"


@dataclass
class Grant:
    """A code that was given out: for whom, for which client and page, and what the token must say."""

    person: Claims
    asked: Mapping[str, str]
    used: bool = False


@dataclass
class ProviderSimulator:
    """A provider with one client; who signs in next is said by `person`."""

    issuer: str = ISSUER
    redirects: frozenset[str] = frozenset()
    person: Claims = field(default_factory=dict)
    clock: Callable[[], float] = time.time
    twist: Callable[[Claims], Claims] = dict
    """Changes what an ID token says, as a broken or hostile provider would."""
    sign: Callable[["ProviderSimulator", Claims], str] | None = None
    """Signs instead of the provider, as a forger would."""
    down: bool = False
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "k1"}))
    told: Claims = field(default_factory=dict)
    """What discovery says beside or instead of the truth."""
    grants: dict[str, Grant] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    """Every path that was asked for, in order."""

    def rotate(self, kid: str) -> None:
        """Sign with another key from now on."""
        self.key = ECKey.generate_key("P-256", {"kid": kid})

    def app(self) -> FastAPI:
        """Give the provider's web application."""
        app = FastAPI()
        app.get("/.well-known/openid-configuration")(self._discovery)
        app.get("/keys")(self._keys)
        app.get("/authorize")(self._authorize)
        app.post("/token")(self._token)

        @app.middleware("http")
        async def seen(request: Request, go_on: Any) -> Response:
            self.asked.append(request.url.path)
            answer: Response = Response(status_code=503) if self.down else await go_on(request)
            return answer

        return app

    async def _discovery(self) -> Claims:
        places = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
        said = {name: self.issuer + place for name, place in places.items()}
        more = {"authorization_response_iss_parameter_supported": True}
        return {"issuer": self.issuer, **said, **more, **self.told}

    async def _keys(self) -> Claims:
        return {"keys": [{**self.key.as_dict(private=False), "use": "sig"}]}

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        if asked.get("client_id") != CLIENT or asked.get("redirect_uri") not in self.redirects:
            return JSONResponse({"error": "invalid_client"}, 400)  # never sent on to a page nobody registered
        wrong = asked.get("response_type") != "code" or asked.get("code_challenge_method") != "S256"
        answer = {"state": asked.get("state", ""), "iss": self.issuer}
        if wrong or not asked.get("code_challenge") or "openid" not in asked.get("scope", "").split():
            answer["error"] = "invalid_request"
        elif not self.person:
            answer["error"] = "access_denied"
        else:
            answer["code"] = secrets.token_urlsafe(16)
            self.grants[answer["code"]] = Grant(dict(self.person), asked)
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(answer)}", 303)

    async def _token(
        self,
        grant_type: str = Form(),
        code: str = Form(),
        redirect_uri: str = Form(),
        code_verifier: str = Form(""),
        authorization: str = Header(""),
    ) -> Response:
        who = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if not hmac.compare_digest(authorization, f"Basic {who}"):
            return JSONResponse({"error": "invalid_client"}, 401)
        grant = self.grants.get(code)
        hashed = (
            base64.urlsafe_b64encode(hashlib.sha256(code_verifier.encode()).digest()).rstrip(b"=").decode()
        )
        fits = (
            grant is not None
            and not grant.used
            and (grant_type, redirect_uri) == ("authorization_code", grant.asked["redirect_uri"])
            and hashed == grant.asked["code_challenge"]
        )
        if grant is None or not fits:
            return JSONResponse({"error": "invalid_grant"}, 400)
        grant.used = True
        claims = self.twist(self._claims(grant))
        token = self.sign(self, claims) if self.sign else self.signed(claims)
        said = {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "id_token": token}
        return JSONResponse(said, headers={"cache-control": "no-store"})

    def _claims(self, grant: Grant) -> Claims:
        now, nonce = int(self.clock()), grant.asked.get("nonce")
        said = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, **grant.person}
        return {**said, "nonce": nonce} if nonce else said

    def signed(self, claims: Claims) -> str:
        """Sign an ID token as this provider does."""
        return jwt.encode({"alg": "ES256", "kid": str(self.key.kid)}, claims, self.key)


def answered(url: str) -> dict[str, str]:
    """Read what the provider sent the browser back with."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
