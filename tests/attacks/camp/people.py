"""Clients with addresses of their own, because the edge counts by address; and browsers that fill forms."""

import itertools
import re
import socket
from dataclasses import dataclass, field
from typing import Any

import httpx
from suite.demo.actors import Actor
from suite.demo.welcome import PASSWORD

FIELD = re.compile(r'name="(form_token|version|request_key)" value="([^"]*)"')
_numbers = itertools.count(1)


def fresh_address() -> str:
    """Return an address of this machine that nobody in this run has used yet."""
    number = next(_numbers)
    return f"127.77.{number // 250}.{number % 250 + 1}"


def client(url: str, address: str = "", **options: Any) -> httpx.Client:
    """Return a client that comes from an address of its own."""
    transport = httpx.HTTPTransport(local_address=address or fresh_address())
    return httpx.Client(base_url=url, transport=transport, timeout=30, **options)


def signed_in(url: str, login: str) -> Actor:
    """Return a person of the demonstration, signed in over the API."""
    actor = Actor(url)
    actor.http.close()
    actor.http = client(url, headers={"Accept-Language": "vi"})
    return actor.sign_in(login, PASSWORD)


def words(text: str) -> list[str]:
    """Return the words of a text, for long lists of addresses."""
    return text.split()


def raw(url: str, text: bytes | str, seconds: float = 5) -> str:
    """Send bytes no client library would send, and return what comes back until the edge closes or falls silent."""
    place = httpx.URL(url)
    sent = text.replace("\n", "\r\n").encode() if isinstance(text, str) else text
    got = b""
    with socket.create_connection((place.host, place.port or 80), seconds) as connection:
        connection.sendall(sent)
        connection.settimeout(seconds)
        try:
            while part := connection.recv(65536):
                got += part
        except (TimeoutError, ConnectionResetError):
            pass
    return got.decode("latin-1")


def statuses(answer: str) -> list[int]:
    """Return the status of each answer in what came back."""
    return [int(code) for code in re.findall(r"HTTP/1\.1 (\d{3})", answer)]


@dataclass
class Browser:
    """Somebody at the portal, with cookies."""

    url: str
    web: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        """Open it."""
        self.web = client(self.url, headers={"sec-fetch-site": "same-origin"})

    def fields(self, page: str) -> dict[str, str]:
        """Return the hidden fields of a page's form."""
        return dict(FIELD.findall(self.web.get(page).text))

    def send(self, page: str, to: str = "", **typed: str) -> httpx.Response:
        """Fill the form of a page in and send it."""
        return self.web.post(to or page, data={**self.fields(page), **typed})

    def sign_in(self, login: str, password: str = PASSWORD) -> "Browser":
        """Sign in at the door of the account."""
        door = "/dang-nhap" if "@" in login else "/can-bo/dang-nhap"
        answer = self.send(door, login=login, password=password)
        assert answer.status_code == 303, answer.text
        return self
