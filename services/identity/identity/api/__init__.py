"""The HTTP resources of accounts."""

from identity.api import (
    captchas,
    contacts,
    jwks,
    me,
    officers,
    passwords,
    registrations,
    service_tokens,
    sessions,
)

ROUTERS = tuple(
    resource.router
    for resource in (
        captchas,
        contacts,
        jwks,
        me,
        officers,
        passwords,
        registrations,
        service_tokens,
        sessions,
    )
)

__all__ = ["ROUTERS"]
