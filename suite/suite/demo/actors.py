"""The people of the main job as HTTP clients: what each of them can do, through the gateway and nothing else."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

import httpx

from suite.demo.telephone import TELEPHONE, UnknownFactorError

Json = dict[str, Any]
PATIENCE = 30.0  # seconds we wait for what should take one


class JourneyError(Exception):
    """A step of the journey did not go as it must; the message tells what was answered."""


class RefusedError(JourneyError):
    """The suite refused a request; `problem` is its problem document."""

    def __init__(self, answer: httpx.Response) -> None:
        """Keep what was answered."""
        self.status = answer.status_code
        is_problem = "json" in answer.headers.get("content-type", "")
        self.problem: Json = answer.json() if is_problem else {"detail": answer.text[:500]}
        super().__init__(f"{answer.request.method} {answer.request.url.path} → {self.status}: {self.problem}")


def eventually(ask: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
    """Ask until the answer is truthy and return it.

    Raises:
        JourneyError: the deadline passed.
    """
    deadline = time.monotonic() + seconds
    while True:
        try:
            if answer := ask():
                return answer
        except RefusedError as refusal:
            if refusal.status not in (404, 409, 503):
                raise
        if time.monotonic() > deadline:
            raise JourneyError(f"waited {seconds:.0f} s for: {what}")
        time.sleep(0.05)


def patiently(do: Callable[[], Any], seconds: float = 3 * PATIENCE) -> Any:
    """Do something that one address may do only so often a minute, and return its answer.

    Raises:
        RefusedError: it was refused for another reason, or for too long.
    """
    deadline = time.monotonic() + seconds
    while True:
        try:
            return do()
        except RefusedError as refusal:
            if refusal.status != httpx.codes.TOO_MANY_REQUESTS or time.monotonic() > deadline:
                raise
        time.sleep(1)


@dataclass
class Actor:
    """Somebody who speaks to the suite, signed in or not."""

    url: str
    language: str = "vi"
    account: Json = field(default_factory=dict)
    http: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        """Open the connection."""
        self.http = httpx.Client(base_url=self.url, headers={"Accept-Language": self.language}, timeout=30)

    def ask(self, method: str, path: str, **options: Any) -> Any:
        """Send one request and return its JSON, or bytes of another kind.

        Raises:
            RefusedError: the answer is not a success.
        """
        headers = dict(options.pop("headers", {}))
        if method == "POST":
            headers.setdefault("Idempotency-Key", str(uuid.uuid4()))
        answer = self.http.request(method, path, headers=headers, **options)
        if answer.is_error:
            raise RefusedError(answer)
        if answer.status_code == httpx.codes.NO_CONTENT:
            return None
        return answer.json() if "json" in answer.headers.get("content-type", "") else answer.content

    def get(self, path: str, **query: Any) -> Any:
        """Read."""
        return self.ask("GET", path, params=query)

    def post(self, path: str, body: Json | None = None, **options: Any) -> Any:
        """Create or act."""
        return self.ask("POST", path, json=body or {}, **options)

    def put(self, path: str, body: Json) -> Any:
        """Replace."""
        return self.ask("PUT", path, json=body)

    def sign_in(self, login: str, password: str) -> Self:
        """Sign in, with the second factor where one is owed, and speak with this account from now on.

        Raises: JourneyError where the second factor is somebody else's.
        """
        tokens = self.post("/api/identity/sessions", {"login": login, "password": password})
        self._speak_with(tokens)
        try:
            self._speak_with(TELEPHONE.show(self, f"{login} ({self.url})", tokens))
        except UnknownFactorError as problem:
            raise JourneyError(str(problem)) from None
        self.account = tokens["account"]
        return self

    def _speak_with(self, tokens: Json) -> None:
        self.http.headers["Authorization"] = f"Bearer {tokens['access_token']}"
