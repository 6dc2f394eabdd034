"""Logs as one JSON line per event, without personal data."""

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import orjson
import structlog

from common.tracing import current_trace_id

_SECRETS = (
    (re.compile(r"eyJ[\w-]{8,}\.[\w-]+\.[\w-]*"), "[token]"),
    (re.compile(r"://[^/\s:@]+:[^/\s@]+@"), "://[secret]@"),
    (re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"), "[email]"),
    (re.compile(r"(?<![\w.-])\+?\d[\d ]{7,}\d(?![\w-])"), "[number]"),
)
_OWN = frozenset(
    {"timestamp", "level", "service", "request_id", "trace_id", "where", "ms", "status", "route", "method"}
)
_Fields = MutableMapping[str, Any]


def configure_logs(service: str, level: str = "INFO") -> None:
    """Send every log line of this process to standard output as JSON, the libraries' lines included."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _service(service),
        _trace,
        _without_messages,
        _scrub,
    ]
    render = structlog.processors.JSONRenderer(
        serializer=lambda value, **_: orjson.dumps(value, default=str).decode()
    )
    # Our own lines, one per request, go straight out; only those of libraries take the way through logging.
    structlog.configure(
        processors=[*shared, render],
        logger_factory=structlog.WriteLoggerFactory(sys.stdout),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_foreign, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # Access lines carry query strings, and those carry what people searched for.
    logging.getLogger("uvicorn.access").disabled = True
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True
    for name in ("aiormq", "aio_pika", "httpx", "httpcore", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)


def where(error: BaseException) -> str:
    """Name an error by its class and the line it came from; its message may hold personal data."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__module__}.{type(error).__qualname__}{place}"


def _service(name: str) -> Any:
    def add(_logger: object, _method: str, fields: _Fields) -> _Fields:
        fields["service"] = name
        return fields

    return add


def _trace(_logger: object, _method: str, fields: _Fields) -> _Fields:
    trace_id = current_trace_id()
    if trace_id is not None:
        fields["trace_id"] = trace_id
    return fields


def _foreign(_logger: object, _method: str, fields: _Fields) -> _Fields:
    # Libraries put exceptions into their sentences ("… exception=ValueError('…')"): keep the first line's head.
    fields["event"] = str(fields.get("event", "")).split("\n", 1)[0].split("exception=", 1)[0]
    return fields


def _without_messages(_logger: object, _method: str, fields: _Fields) -> _Fields:
    info = fields.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)
        fields["error"] = where(error)
        fields["where"] = [f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno} {f.name}" for f in frames[-40:]]
    fields.pop("stack_info", None)
    return fields


def _scrub(_logger: object, _method: str, fields: _Fields) -> _Fields:
    for key, value in fields.items():
        if key not in _OWN and isinstance(value, str):
            for pattern, mark in _SECRETS:
                value = pattern.sub(mark, value)  # noqa: PLW2901
            fields[key] = value
    return fields
