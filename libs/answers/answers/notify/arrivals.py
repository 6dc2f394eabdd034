"""Notify: its answers about arrivals."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from answers.answer import Answer


class ArrivalsOut(Answer):
    """How the caller hears of arrivals, whether that was chosen, and how often at most it is told at once."""

    arrivals: str
    chosen: bool
    every_minutes: int
