"""Qa: its answers about counter."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer


class CounterCodeOut(Answer):
    """A code for the tablet, told here and never again, and until when it works."""

    code: str
    label: str
    phase: str
    until: datetime


class CounterOut(Answer):
    """What a code is for: phase, agency, and the end of the dossier's code."""

    agency_name: str
    dossier_end: str
    label: str
    phase: str
    until: datetime


class CounterRatedOut(Answer):
    """The rating was taken."""

    rated: bool


class OfferedPhaseOut(Answer):
    """A phase of a dossier: whether the desk may offer it, and whether it was rated at the counter."""

    label: str
    open: bool
    phase: str
    rated: bool


class OfferedOut(Answer):
    """What of a dossier the desk may offer to rate."""

    dossier: str
    phases: tuple[OfferedPhaseOut, ...]
