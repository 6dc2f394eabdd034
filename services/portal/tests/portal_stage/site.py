"""Starts the portal on fake services: in the same process for page tests, on a port for a real browser."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import httpx
import uvicorn
from common.ended import Ended
from fastapi import FastAPI
from portal.adapters.notices import Notices
from portal.adapters.tokens import Tokens
from portal.main import create_app
from portal.settings import Settings

from portal_stage.fakes import FakeServices
from portal_stage.samples import officer, tokens
from portal_stage.world import services

_apps: dict[str, FastAPI] = {}
TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
KEY = re.compile(r'name="request_key" value="([^"]+)"')


def app_on(fake: FakeServices, **settings: Any) -> FastAPI:
    """Build the portal so that its calls end at the fake services."""
    known = repr(sorted(settings.items()))
    if known not in _apps:  # a portal's templates are compiled once for all tests
        _apps[known] = _portal(settings)
    return _linked(_apps[known], fake)


def _portal(settings: dict[str, Any]) -> FastAPI:
    return create_app(Settings(**{"public_url": "http://127.0.0.1:8080", **settings}))


def _linked(app: FastAPI, fake: FakeServices) -> FastAPI:
    link = httpx.AsyncClient(transport=httpx.ASGITransport(app=fake))
    ended = Ended("http://127.0.0.1:8080/api/identity/ended-sessions", link)
    tokens_ = Tokens(app.state.built.clock)
    built = replace(app.state.built, http=link, ended=ended, tokens=tokens_)
    app.state.built = replace(built, notices=Notices())
    return app


@dataclass
class Visitor:
    """Somebody with a browser without JavaScript: follows links, fills forms, keeps cookies."""

    client: httpx.AsyncClient
    fake: FakeServices
    app: FastAPI

    async def get(self, path: str, **headers: str) -> httpx.Response:
        """Open a page."""
        return await self.client.get(path, headers=headers)

    async def post(
        self, page: str, path: str, fields: dict[str, Any] | None = None, **more: Any
    ) -> httpx.Response:
        """Open a page and send the form that stands on it."""
        shown = await self.client.get(page)
        token = TOKEN.search(shown.text)
        assert token is not None, f"{page} holds no form"
        hidden = {"form_token": token[1]} | ({"request_key": k[1]} if (k := KEY.search(shown.text)) else {})
        return await self.client.post(path, data={**hidden, **(fields or {})}, **more)

    async def sign_in(self, *roles: str) -> "Visitor":
        """Sign in as a citizen, or as an officer with roles."""
        home = "/can-bo" if roles else ""
        self.fake.answers["POST /api/identity/sessions"] = officer("o-1", *roles) if roles else tokens()
        answer = await self.post(f"{home}/dang-nhap", f"{home}/dang-nhap", {"login": "a", "password": "b"})
        assert answer.status_code == 303, answer.text
        return self


def visitor(fake: FakeServices | None = None, **settings: Any) -> Visitor:
    """Open a browser on a fresh portal."""
    world = fake or services()
    app = app_on(world, **settings)
    transport = httpx.ASGITransport(app=app)
    return Visitor(httpx.AsyncClient(transport=transport, base_url="http://portal.test"), world, app)


@contextmanager
def running(fake: FakeServices, **settings: Any) -> Iterator[str]:
    """Serve a portal of its own on a free port of this machine and give its address."""
    app = _linked(_portal(settings), fake)  # one that is shared would be closed under the others
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
