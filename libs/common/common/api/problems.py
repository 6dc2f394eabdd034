"""Every refusal leaves as `application/problem+json`, in the caller's language."""

import errno
import socket
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import asyncpg
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException

from common.api.deps import ask_rights, preferred_language
from common.api.messages import field_problems
from common.errors import (
    DomainError,
    ForbiddenError,
    InvalidInputError,
    NoSpaceError,
    NotFoundError,
    StaleVersionError,
    UnauthenticatedError,
    UnavailableError,
)
from common.logs import where
from common.sealed import UnwritableTextError
from common.tracing import current_trace_id

log = structlog.get_logger()


class InternalError(DomainError):
    """Something broke on our side."""

    code = "internal"
    status = 500
    vi = "Hệ thống gặp lỗi. Yêu cầu của bạn chưa được thực hiện; hãy thử lại sau."
    en = "Something went wrong on our side. Your request was not carried out; try again later."


class UnwritableError(DomainError):
    """The database has no way to write what was sent: a NUL, half a character, a number beyond its column."""

    code = "unwritable"
    vi = "Dữ liệu gửi lên có ký tự hoặc con số không lưu được. Hãy bỏ ký tự lạ hoặc sửa con số quá lớn rồi gửi lại."
    en = "What was sent holds a character or number that cannot be stored. Remove odd characters or huge numbers."


class MethodNotAllowedError(DomainError):
    """The address exists, the method does not."""

    code = "method-not-allowed"
    status = 405
    vi = "Địa chỉ này không hỗ trợ thao tác được yêu cầu."
    en = "This address does not support the method used."


_BY_STATUS: Mapping[int, type[DomainError]] = {
    401: UnauthenticatedError,
    403: ForbiddenError,
    404: NotFoundError,
    405: MethodNotAllowedError,
    503: UnavailableError,
}
# The database, or what else an answer needs, cannot be reached: an outage to wait for, not a fault to look for.
# The driver's internal error is what a statement gets whose connection broke at the wrong instant.
_AWAY = (
    ConnectionError,
    TimeoutError,
    socket.gaierror,
    PoolTimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
# Connection, resources, shutdown, and a role or password the database does not know: its keeper's to put right.
_AWAY_STATES = ("08", "28", "53", "57P")
_FULL = (errno.ENOSPC, errno.EDQUOT)
_FULL_STATE = "53100"
_UNWRITABLE_STATES = (
    "22000",
    "22003",
    "22021",
    "22P05",
)  # refused by the driver, out of range, NUL in text or JSON
# Half of a character cut in two, and a number that JSON here has no room for, fail before the database sees them.
_UNWRITABLE_WORDS = ("surrogates not allowed", "exceeds 64-bit range")


def incident(request: Request) -> str:
    """Return what a person may quote to find this request again: its trace where there is one, else its own id."""
    return current_trace_id() or str(getattr(request.state, "request_id", ""))


def problem(request: Request, error: DomainError) -> JSONResponse:
    """Write a refusal as problem+json."""
    lang = preferred_language(request.headers.get("accept-language"))
    body = {
        "type": f"urn:motcua:problem:{error.code}",
        "title": HTTPStatus(error.status).phrase,
        "status": error.status,
        "code": error.code,
        "detail": error.message(lang),
        "errors": [{"field": p.field, "rule": p.rule, "message": p.message(lang)} for p in error.problems()],
        "trace_id": incident(request),
    }
    headers = {**error.headers(), "Content-Language": lang}
    return JSONResponse(body, error.status, headers, media_type="application/problem+json")


async def _refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, DomainError)
    return problem(request, error)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    errors: Sequence[Mapping[str, Any]] = error.errors()
    return await _unless_forbidden(request, InvalidInputError(field_problems(errors)))


async def _unless_forbidden(request: Request, error: DomainError) -> JSONResponse:
    """Write what is wrong with what was sent, to who may send it."""
    try:
        await ask_rights(request)
    except DomainError as refusal:
        return problem(request, refusal)
    return problem(request, error)


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    known = _BY_STATUS.get(error.status_code)
    if known is None:
        known = type(
            "HttpError", (DomainError,), {"status": error.status_code, "code": f"http-{error.status_code}"}
        )
    answer = await _unless_forbidden(request, known())
    answer.headers.update(error.headers or {})
    return answer


async def _stale(request: Request, _error: Exception) -> JSONResponse:
    return problem(request, StaleVersionError(field="version", rule="stale-version"))


def broken(request: Request, error: Exception) -> JSONResponse:
    """Answer a failure nobody foresaw; only what is neither the caller's nor an outage counts as a fault of ours."""
    words = str(getattr(error, "orig", error))
    endless = isinstance(error, OverflowError | RecursionError | UnwritableTextError)
    if endless or _state(error) in _UNWRITABLE_STATES or words.endswith(_UNWRITABLE_WORDS):
        log.warning("unwritable input", error=where(error))
        return problem(request, UnwritableError())
    if _state(error) == _FULL_STATE or (isinstance(error, OSError) and error.errno in _FULL):
        log.error("no space left", error=where(error))
        return problem(request, NoSpaceError())
    if _is_away(error):
        log.warning("needed and away", error=where(error))
        return problem(request, UnavailableError())
    log.error("unhandled error", exc_info=error)
    return problem(request, InternalError())


def _is_away(error: Exception) -> bool:
    if isinstance(error, _AWAY) or (isinstance(error, DBAPIError) and error.connection_invalidated):
        return True
    return _state(error).startswith(_AWAY_STATES)


def _state(error: Exception) -> str:
    """Tell PostgreSQL's five characters of an error, nothing for others."""
    return str(getattr(getattr(error, "orig", error), "sqlstate", "") or "")


def add_problem_handlers(app: FastAPI) -> None:
    """Teach an app to answer every refusal as problem+json; what nobody foresaw is `Observed`'s to answer."""
    app.add_exception_handler(DomainError, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(StaleDataError, _stale)
