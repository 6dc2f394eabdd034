"""What every HTTP service shares: dependencies, problems in two languages, idempotency, the app itself."""

from common.api.app import create_service_app
from common.api.deps import (
    AnyCallerDep,
    CallerDep,
    DatabaseDep,
    LangDep,
    NowDep,
    OptionalCallerDep,
    Page,
    SessionDep,
)
from common.api.idempotency import Idempotency, IdempotencyDep

__all__ = [
    "AnyCallerDep",
    "CallerDep",
    "DatabaseDep",
    "Idempotency",
    "IdempotencyDep",
    "LangDep",
    "NowDep",
    "OptionalCallerDep",
    "Page",
    "SessionDep",
    "create_service_app",
]
