"""Qa: its answers about bars."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import date, datetime

from answers.answer import Answer


class BarCheckOut(Answer):
    """Why the account may not ask, until when and where to appeal, in a sentence; nothing where it may."""

    sentence: str | None


class BarOut(Answer):
    """A decision that keeps somebody from asking."""

    account: str | None
    appeal: str
    decision: str
    email: str | None
    end_reason: str | None
    ended_at: datetime | None
    ground: str
    id: str
    id_number: str | None
    phone: str | None
    since: datetime
    until: date


class GuidanceOut(Answer):
    """How to take part."""

    en: str
    version: int
    vi: str


class BarOutPage(Answer):
    """One page of a list."""

    items: tuple[BarOut, ...]
    next: str | None = None
    total: int
