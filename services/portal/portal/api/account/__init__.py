"""The visitor's own account: sign-in, password, messages, the officer's start page."""

from portal.api.account import messages, passwords, profile, registration, sign_in, start
from portal.domain.addresses import OFFICER_ROOT

ROUTERS = (
    registration.router,
    sign_in.routes(""),
    sign_in.routes(OFFICER_ROOT),
    passwords.routes(""),
    passwords.routes(OFFICER_ROOT),
    passwords.router,
    messages.routes(""),
    messages.routes(OFFICER_ROOT),
    profile.router,
    start.router,
)
