"""Qa: its answers about answering."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import date

from answers.answer import Answer


class CitedOut(Answer):
    """A legal text that answers cited before, and how often; `near` says of the nearest whether it is …"""

    effective_on: date | None
    issued_on: date | None
    issuer: str
    near: str
    number: str
    title: str
    used: int
