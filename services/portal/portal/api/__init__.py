"""The pages of the portal, one file per group."""

from portal.api import home, passwords, procedures, registration, sign_in, static
from portal.api.shell import OFFICER_ROOT

ROUTERS = (
    static.router,
    home.router,
    procedures.router,
    registration.router,
    sign_in.routes(""),
    sign_in.routes(OFFICER_ROOT),
    passwords.routes(""),
    passwords.routes(OFFICER_ROOT),
    passwords.router,
)
