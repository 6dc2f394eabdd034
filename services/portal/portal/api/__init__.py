"""The pages of the portal, one file per group."""

from portal.api import (
    dossiers,
    drafts,
    home,
    information,
    messages,
    passwords,
    procedures,
    profile,
    registration,
    sign_in,
    static,
    statistics,
    submission,
    tracking,
)
from portal.api.shell import OFFICER_ROOT

ROUTERS = (
    static.router,
    home.router,
    procedures.router,
    drafts.router,
    submission.router,
    dossiers.router,
    tracking.router,
    statistics.router,
    registration.router,
    sign_in.routes(""),
    sign_in.routes(OFFICER_ROOT),
    passwords.routes(""),
    passwords.routes(OFFICER_ROOT),
    passwords.router,
    messages.routes(""),
    messages.routes(OFFICER_ROOT),
    profile.router,
    information.router,
)
