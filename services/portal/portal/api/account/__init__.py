"""The visitor's own account: sign-in, password, messages, the officer's start page."""

from portal.api.account import (
    channels,
    closing,
    contacts,
    factor,
    lost,
    messages,
    passkeys,
    passwords,
    profile,
    provider,
    registration,
    reports,
    sign_in,
    start,
    statements,
    vault,
)
from portal.domain.addresses import OFFICER_ROOT, Page

FRONT_DOOR = start.front_door
CITIZEN = (
    registration.router,
    sign_in.routes(""),
    provider.routes(Page.PROVIDER),
    passwords.routes(""),
    statements.routes(""),
    passwords.router,
    messages.routes(""),
    channels.routes(""),
    profile.router,
    profile.log_routes(""),
    lost.routes(""),
    reports.routes(""),
    contacts.mail(""),
    contacts.router,
    closing.router,
    vault.router,
)
OFFICER = (
    sign_in.routes(OFFICER_ROOT),
    provider.routes(Page.OFFICER_PROVIDER),
    passwords.routes(OFFICER_ROOT),
    statements.routes(OFFICER_ROOT),
    contacts.mail(OFFICER_ROOT),
    messages.routes(OFFICER_ROOT),
    channels.routes(OFFICER_ROOT),
    profile.log_routes(OFFICER_ROOT),
    lost.routes(OFFICER_ROOT),
    reports.routes(OFFICER_ROOT),
    factor.router,
    passkeys.router,
    start.router,
)
