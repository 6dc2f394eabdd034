"""The pages of the portal, one folder per group; groups never import each other."""

from portal.api import account, citizen, desk, handling, public, static

ROUTERS = (
    static.router,
    *public.ROUTERS,
    *citizen.ROUTERS,
    *account.ROUTERS,
    *handling.ROUTERS,
    *desk.ROUTERS,
)
