"""What a service promises about its refusals: every one is a problem of RFC 9457, whatever the route."""

from typing import Any

from fastapi import FastAPI

Json = dict[str, Any]
_TEXT: Json = {"type": "string"}
_FIELD: Json = {
    "type": "object",
    "required": ["field", "rule", "message"],
    "properties": {"field": _TEXT, "rule": _TEXT, "message": _TEXT},
}
_PROBLEM: Json = {
    "type": "object",
    "title": "Problem",
    "description": "Why a request was refused; `code` is stable, `detail` is for people, in the language asked for.",
    "required": ["type", "title", "status", "code", "detail", "errors", "trace_id"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": _TEXT,
        "status": {"type": "integer"},
        "code": _TEXT,
        "detail": _TEXT,
        "errors": {"type": "array", "items": _FIELD},
        "trace_id": _TEXT,
    },
}
_ANSWER: Json = {
    "description": "Refused; the body says why",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
# 500 is no promise: a failure of ours is never what a caller may expect.
_REFUSALS = ("4XX", "503", "507")
_FRAMEWORKS = ("HTTPValidationError", "ValidationError")  # shapes of the framework that are never sent


class ServiceApp(FastAPI):
    """The app of a service, whose OpenAPI tells how it refuses in place of the framework's own shape of it."""

    def openapi(self) -> Json:
        """Return the OpenAPI document."""
        if self.openapi_schema is None:
            _tell_refusals(super().openapi())
        return super().openapi()


def _tell_refusals(document: Json) -> None:
    for operations in document.get("paths", {}).values():
        for operation in operations.values():
            operation["responses"].pop("422", None)
            operation["responses"] |= {
                status: {"$ref": "#/components/responses/Refused"} for status in _REFUSALS
            }
    components = document.setdefault("components", {})
    kept = {name: one for name, one in components.get("schemas", {}).items() if name not in _FRAMEWORKS}
    components["schemas"] = {**kept, "Problem": _PROBLEM}
    components["responses"] = {"Refused": _ANSWER}
