"""The HTTP face of notify."""

from notify.api import messages, templates

ROUTERS = (messages.router, templates.router)
