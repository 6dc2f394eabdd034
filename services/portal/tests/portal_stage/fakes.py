"""A small stand-in for the six services: answers as their API does and records what it was asked."""

import json
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send
from suite.check.shapes import NotPromisedError, answer_faults

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n"
)
Answer = Any


@dataclass
class Asked:
    """One request a service received."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any


@dataclass
class FakeServices:
    """Answers by ``METHOD path``; ``*`` at the end of a path matches anything that follows."""

    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        raw = await request.body()
        kind = request.headers.get("content-type", "")
        body = json.loads(raw) if raw and "json" in kind else raw
        asked = Asked(
            request.method, request.url.path, dict(request.query_params), dict(request.headers), body
        )
        self.asked.append(asked)
        await self._answer(asked)(scope, receive, send)

    def _answer(self, asked: Asked) -> Response:
        wanted = f"{asked.method} {asked.path}"
        for pattern, answer in sorted(self.answers.items(), key=lambda item: -len(item[0])):
            if wanted == pattern or (pattern.endswith("*") and wanted.startswith(pattern[:-1])):
                given = answer if isinstance(answer, Response) or not callable(answer) else answer(asked)
                return given if isinstance(given, Response) else JSONResponse(held(asked, given))
        return problem(404, "not-found", "Không tìm thấy.")

    def calls(self, method: str, path: str) -> list[Asked]:
        """List what was asked of a path, in order."""
        return [a for a in self.asked if a.method == method and a.path == path]


def held(asked: Asked, answer: Any) -> Any:
    """Return an answer that its service may really give. Raises: NotPromisedError."""
    if wrong := answer_faults(asked.method, asked.path, answer):
        raise NotPromisedError(f"{asked.method} {asked.path}: {'; '.join(wrong)}")
    return answer


def problem(status: int, code: str, detail: str, errors: list[dict[str, str]] | None = None) -> JSONResponse:
    """Answer with problem+json."""
    body = {
        "type": f"urn:motcua:problem:{code}",
        "title": detail,
        "status": status,
        "code": code,
        "detail": detail,
    }
    return JSONResponse({**body, "errors": errors or []}, status, media_type="application/problem+json")


def pdf(name: str = "giay-tiep-nhan.pdf") -> Response:
    """Answer with a small PDF."""
    return Response(
        PDF, media_type="application/pdf", headers={"content-disposition": f'inline; filename="{name}"'}
    )
