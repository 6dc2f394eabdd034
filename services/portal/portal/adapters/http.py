"""One request to a service: forwards who asks and in which language, and turns refusals into errors the pages know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
from pydantic import TypeAdapter

from portal.domain.numbers import whole_number

T = TypeVar("T")
Json = dict[str, Any]
FilePart = tuple[str, tuple[str, bytes, str]]


@dataclass(frozen=True)
class Problem:
    """One field a service complained about: its name, the broken rule and the sentence for the user."""

    field: str
    rule: str
    message: str


class ServiceAnswerError(Exception):
    """A service said no: the HTTP status, the stable code, the sentence and the fields it names."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        problems: Sequence[Problem] = (),
        *,
        retry_after: int = 0,
        place: str = "",
    ):
        super().__init__(f"{status} {code}")
        self.status, self.code, self.detail = status, code, detail
        self.problems, self.retry_after = tuple(problems), retry_after
        self.place = place
        """Where the service says the thing is now; empty when it says nothing."""


class ServiceUnreachableError(Exception):
    """A service did not answer, or answered with an error of its own."""


@dataclass(frozen=True)
class Link:
    """A way to one service on behalf of one visitor."""

    http: httpx.AsyncClient
    base: str
    headers: Mapping[str, str] = field(default_factory=dict)

    async def get(self, kind: type[T], path: str, **params: object) -> T:
        """Read a resource as a frozen value; parameters that are empty are left out."""
        return read(kind, await self.file(path, **params))

    async def file(self, path: str, **params: object) -> httpx.Response:
        """Read a file whole, with its content type and name in the headers."""
        return await self._ask("GET", path, params=_present(params))

    async def send(self, method: str, path: str, body: object = None, *, key: str = "") -> httpx.Response:
        """Write a resource as JSON; ``key`` is the client request key that makes a repeat harmless."""
        return await self._ask(method, path, json=body, headers={"Idempotency-Key": key} if key else {})

    async def upload(
        self, path: str, fields: Mapping[str, str], file: FilePart, *, key: str
    ) -> httpx.Response:
        """Send one file as multipart form data."""
        headers = {"Idempotency-Key": key}
        return await self._ask("POST", path, data=dict(fields), files=[file], headers=headers)

    async def _ask(self, method: str, path: str, **request: Any) -> httpx.Response:
        request["headers"] = {**self.headers, **request.get("headers", {})}
        try:
            # A part of the path may come from an address bar: a `?` or `#` in it stays a part of the path.
            answer = await self.http.request(method, self.base + quote(path), **request)
        except httpx.HTTPError as error:
            raise ServiceUnreachableError(f"{method} {path}") from error
        if answer.status_code >= 500:
            raise ServiceUnreachableError(f"{method} {path}: {answer.status_code}")
        if answer.status_code >= 400:
            raise _refusal(answer)
        return answer


def read(kind: type[T], answer: httpx.Response) -> T:
    """Read an answer as the value it was promised to be. Raises: pydantic.ValidationError when it is another."""
    return TypeAdapter(kind).validate_json(answer.content)


def plain(header: str) -> str:
    """Keep of a header what another request may carry; a browser may call itself what it likes."""
    return header.encode("ascii", "replace").decode()


def _present(params: Mapping[str, object]) -> dict[str, Any]:
    return {name: value for name, value in params.items() if value not in (None, "", False)}


def _refusal(answer: httpx.Response) -> ServiceAnswerError:
    try:
        body = answer.json()
    except ValueError:
        body = {}
    body = body if isinstance(body, dict) else {}
    problems = [
        Problem(str(item.get("field", "")), str(item.get("rule", "")), str(item.get("message", "")))
        for item in body.get("errors") or []
        if isinstance(item, dict)
    ]
    wait = answer.headers.get("retry-after", "0")
    return ServiceAnswerError(
        answer.status_code,
        str(body.get("code", "")),
        str(body.get("detail") or body.get("title") or ""),
        problems,
        retry_after=whole_number(wait),
        place=answer.headers.get("location", ""),
    )
