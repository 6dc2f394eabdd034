"""The HTTP resources of accounts."""

from audit import audit_router

from identity import queries
from identity.api import (
    acceptances,
    authorisations,
    closing,
    contacts,
    counter_codes,
    ended,
    factors,
    grants,
    helping,
    holds,
    imports,
    jwks,
    me,
    officers,
    papers,
    passkeys,
    passwords,
    phones,
    provider,
    registrations,
    rights_requests,
    role_holders,
    service_tokens,
    sessions,
    statements,
    suspensions,
    usage_reviews,
    work,
)

ROUTERS = (
    *(
        resource.router
        for resource in (
            acceptances,
            authorisations,
            closing,
            contacts,
            counter_codes,
            ended,
            factors,
            grants,
            helping,
            holds,
            imports,
            jwks,
            me,
            officers,
            passkeys,
            passwords,
            phones,
            provider,
            papers,
            registrations,
            rights_requests,
            role_holders,
            service_tokens,
            sessions,
            statements,
            suspensions,
            usage_reviews,
            work,
        )
    ),
    audit_router("identity", queries.kept_of),
)

__all__ = ["ROUTERS"]

# Routes that show nobody's data: asking them is not written down, for this reason.
SILENT: dict[str, str] = {
    "GET /api/identity/ended-sessions": "numbers of sign-ins that are over, asked each second",
    "GET /api/identity/me/account-standing": "how one's own account stands, asked with the account page",
    "GET /api/identity/me": "one's own account, asked with every page; its changes are told by the account's history",
    "POST /api/identity/contacts/readings": "told account by account, in the log that its owner reads",
}
