"""The pages of the portal, one folder per group; groups never import each other."""

from fastapi import APIRouter

from portal.api import account, admin, citizen, desk, handling, news, public, questions, static, surveys

EVERYWHERE = (static.router, news.router, *public.EVERYWHERE)
CITIZEN = (*public.ROUTERS, *questions.CITIZEN, *surveys.CITIZEN, *citizen.ROUTERS, *account.CITIZEN)
OFFICER = (
    *account.OFFICER,
    *handling.ROUTERS,
    *desk.ROUTERS,
    *questions.OFFICER,
    *surveys.OFFICER,
    *admin.ROUTERS,
)
ROUTERS = (*EVERYWHERE, *CITIZEN, *OFFICER)


def routers(site: str) -> tuple[APIRouter, ...]:
    """Give the pages of a site, ``citizen`` or ``officer``; ``both`` are served side by side."""
    alone = {"citizen": CITIZEN, "officer": (account.FRONT_DOOR, *OFFICER)}
    return (*EVERYWHERE, *alone[site]) if site in alone else ROUTERS
